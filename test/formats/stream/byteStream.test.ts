import { readdirSync, readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { tableFromArrays, tableToIPC } from 'apache-arrow'
import { expect, test } from 'vitest'
import { evaluate, rowCount } from '../../../src/checks/index.ts'
import { dataset } from '../../../src/dataset/dataset.ts'
import { sharedDuckDB } from '../../../src/engine/duckdb.ts'
import { stoppedBy } from '../../../src/engine/running.ts'
import { temporaryFolder } from '../../../src/engine/temporary.ts'
import { literal, sql } from '../../../src/sql/sql.ts'
import { temporaryFile } from '../../helpers/files.ts'
import { until } from '../../helpers/until.ts'

const streamOf = (...pieces: readonly (string | Uint8Array)[]) => Readable.from(pieces)
const copies = (): number => readdirSync(temporaryFolder('a test')).length

async function parquet(): Promise<Buffer> {
  const file = await temporaryFile('a.parquet', '')
  await (await sharedDuckDB()).query(sql`copy (select 1 as a) to ${literal(file)} (format parquet)`)
  return readFileSync(file)
}

test.each<[string, () => Promise<Uint8Array> | Uint8Array]>([
  ['csv', () => Buffer.from('a\n1\n')],
  ['csv', () => gzipSync('a\n1\n')],
  ['jsonl', () => Buffer.from('{"a":1}\n')],
  ['json', () => Buffer.from('[{"a":1}]')],
  ['json', () => gzipSync('[{"a":1}]')],
  ['arrow', () => tableToIPC(tableFromArrays({ a: Int32Array.of(1) }), 'file')],
  ['parquet', parquet],
])('a stream of %s is read as a file of it, piece by piece', async (format, bytes) => {
  const whole = await bytes()
  const middle = Math.floor(whole.length / 2)
  const rows = await dataset(streamOf(whole.subarray(0, middle), whole.subarray(middle)), { format }).rows()
  expect(rows.map(({ a }) => Number(a))).toEqual([1])
})

test('options are those of the format, and a lost record fails what is asked', async () => {
  const data = dataset(streamOf('a;b\n1;2\n1;2;3\n'), { format: 'csv', delimiter: ';', name: 'piped' })
  const results = await evaluate(rowCount(data, 1))
  expect(results.map(({ kind, status }) => [kind, status])).toEqual([
    ['rowCount', 'pass'],
    ['wellFormed', 'fail'],
  ])
  expect(() => dataset(streamOf('a'), { format: 'json', delimiter: ';' })).toThrow(/delimiter is an option of .*\.csv/)
})

test.each<[string, () => AsyncIterable<unknown>, RegExp]>([
  [
    'fails in the middle',
    async function* () {
      yield 'a\n1\n'
      throw new Error('the cable was cut')
    },
    /the cable was cut/,
  ],
  [
    'brings objects',
    async function* () {
      yield { a: 1 }
    },
    /a stream brought object, not text or bytes/,
  ],
  [
    'brings null',
    async function* () {
      yield 'a\n'
      yield null
    },
    /a stream brought null, not text or bytes/,
  ],
  ['brings nothing', async function* () {}, /is empty/],
])('a stream that %s is an error, never a shorter table', async (_, stream, words) => {
  const before = copies()
  await expect(dataset(stream() as AsyncIterable<string>, { format: 'csv' }).rows()).rejects.toThrow(words)
  expect(copies()).toBeLessThanOrEqual(before + (words.source.includes('empty') ? 1 : 0))
})

test.each<[string, unknown]>([
  ['text', 'a\n1\n'],
  ['rows', { a: 1 }],
])('a stream of %s that never ends is let go when the work is stopped', async (kind, piece) => {
  let ended = false
  let brought = 0
  async function* endless(): AsyncGenerator<unknown> {
    try {
      for (;;) {
        brought++
        yield piece
        if (brought % 100 === 0) await new Promise((resolve) => setImmediate(resolve))
      }
    } finally {
      ended = true
    }
  }
  const stop = new AbortController()
  const data = dataset(endless() as AsyncIterable<string>, kind === 'text' ? { format: 'csv' } : {})
  const work = stoppedBy(stop.signal, () => data.rows()).catch((error: Error) => error.message)
  await until(() => brought > 1000)
  stop.abort(new Error('enough'))
  expect(await work).toMatch(/enough|stopped/)
  await until(() => ended)
})

test('rows of other shapes are wider columns, or an error that names the row; nothing is dropped', async () => {
  const rows = (...all: readonly unknown[]) => dataset(Readable.from(all) as AsyncIterable<object>)
  expect(await rows({ a: 1 }, { b: 'x' }, { a: 'y' }).rows()).toHaveLength(3)
  for (const strange of [5, 'x', [1], () => 1, Symbol('x')])
    await expect(rows({ a: 1 }, strange).rows()).rejects.toThrow(/row 2|2nd|record/)
})
