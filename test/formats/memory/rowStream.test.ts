import { Readable } from 'node:stream'
import { tableFromArrays } from 'apache-arrow'
import { describe, expect, test } from 'vitest'
import { evaluate, noMissing, valuesOfType } from '../../../src/checks/index.ts'
import type { ValueType } from '../../../src/checks/parameters/valueType.ts'
import { stoppedBy } from '../../../src/engine/running.ts'
import type { LogicalType } from '../../../src/sql/dialect.ts'
import { dataset, type DatasetSource } from '../../../src/dataset/dataset.ts'
import { inPlainNode } from '../../helpers/cli.ts'
import { openError } from '../../helpers/opened.ts'
import { relationOf } from '../../../src/dataset/opened.ts'

async function* counted(n: number, make = (i: number): object => ({ i })) {
  for (let i = 0; i < n; i++) yield make(i)
}

test('async iterables, generators, Node and web streams open alike', async () => {
  function* generator() {
    yield { i: 0 }
    yield { i: 1 }
  }
  const web = () => Readable.toWeb(Readable.from([{ i: 0 }, { i: 1 }])) as unknown as AsyncIterable<object>
  for (const source of [counted(2), generator(), Readable.from([{ i: 0 }, { i: 1 }]), web()])
    expect(await dataset(source).rows()).toEqual([{ i: 0n }, { i: 1n }])
})

test('types widen and columns appear after the first ten thousand rows', async () => {
  const make = (i: number) => {
    if (i < 15_000) return { n: i, t: i, s: { x: i } }
    return i < 25_000 ? { n: i + 0.5, t: i, s: { x: i, y: 'y' } } : { n: i, t: `t${i}`, s: { x: i }, late: true }
  }
  const data = dataset(counted(30_000, make))
  const { columns } = await relationOf(data)
  expect(columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'n number',
    't mixed',
    's struct',
    'late boolean',
  ])
  const rows = await data.rows()
  expect(rows).toHaveLength(30_000)
  expect(rows[0]).toEqual({ n: 0, t: '0', s: { x: 0n, y: null }, late: null })
  expect(rows[15_000]).toEqual({ n: 15_000.5, t: '15000', s: { x: 15_000n, y: 'y' }, late: null })
  expect(rows[29_999]).toEqual({ n: 29_999, t: 't29999', s: { x: 29_999n, y: null }, late: true })
})

test('record batches stream, and one with other columns is an error', async () => {
  const batches = tableFromArrays({ a: [1, 2] }).batches
  expect(await dataset(Readable.from(batches)).rows()).toEqual([{ a: 1 }, { a: 2 }])
  const other = tableFromArrays({ b: [1] }).batches
  expect(await openError(Readable.from([...batches, ...other]))).toMatch(
    /batch 2 of the stream has "b".* where the first has "a"/,
  )
})

test.each([
  ['of rows', {}],
  ['of text', { format: 'csv' }],
])('a stream %s that somebody has begun to read is refused: rows of it are gone', async (_, options) => {
  const make = () => Readable.from(['i\n', '1\n', '2\n'].map((line) => ('format' in options ? line : { line })))
  const [begun, over, fresh] = [make(), make(), make()]
  for await (const taken of begun.iterator({ destroyOnReturn: false })) if (taken) break
  await over.toArray()
  for (const stream of [begun, over])
    await expect(dataset(stream, options).rows()).rejects.toThrow(/comes only once, and somebody has begun to read it/)
  expect(await dataset(fresh, options).rows()).not.toEqual([])
})

test('an empty stream has no rows and no columns', async () => {
  expect(await dataset(counted(0)).rows()).toEqual([])
})

test('what breaks in the middle says after which row, and nothing is taken for the whole', async () => {
  async function* breaking() {
    yield* counted(3)
    throw new Error('connection lost')
  }
  expect(await openError(breaking())).toMatch(/the stream broke after item 3: connection lost/)
  expect(await openError(counted(3, (i) => (i === 2 ? (7 as never) : { i })))).toMatch(/record 3 is a number/)
  expect(await openError(Readable.from(['a,b\n']))).toMatch(/text or bytes.*\n.*format: 'csv'/)
})

test.each([
  ['of rows', {}, { i: 1 }],
  ['of text', { format: 'csv' }, 'i\n1\n'],
])(
  'the error of a stream %s that waits for ever to be closed is told, whenever it comes',
  async (_, options, first) => {
    for (const at of [0, 1]) {
      let reads = 0
      // A cursor whose query has failed waits for a connection that has nothing more to say.
      const stream = new Readable({
        objectMode: true,
        read() {
          if (reads++ === at) this.destroy(new Error('there is no table "nope"'))
          else this.push(first)
        },
        destroy() {},
      })
      await expect(dataset(stream, options).rows()).rejects.toThrow(/there is no table "nope"/)
    }
  },
)

test('a stream that brings nothing until it is stopped says since when, and after what', async () => {
  async function* silent() {
    yield* counted(2)
    await new Promise(() => {})
  }
  const late = new Error('the test took too long.')
  const stop = new AbortController()
  const read = stoppedBy(stop.signal, () => dataset(silent()).rows())
  setTimeout(() => stop.abort(late), 1200)
  await expect(read).rejects.toMatchObject({ code: 'aborted', cause: late })
  await expect(read).rejects.toThrow(
    /^stopped: the test took too long: the stream had brought nothing after item 2 for [\d.]+ s\n.*stream\.destroy\(error\)\)$/,
  )
})

test('in a script a stream that waits for what cannot come is an error', async () => {
  const { code, stdout, stderr } = await inPlainNode(
    (entry) => `
    import { dataset, evaluate, rowCount } from ${entry}
    async function* waiting() {
      yield { i: 1 }
      await new Promise(() => {})
    }
    const [{ status, message }] = await evaluate(rowCount(dataset(waiting()), { min: 1 }))
    console.log(status, message)`,
  )
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toBe('error the stream broke after item 1: nothing is left that could bring the next one\n')
})

test('a stream is read once', async () => {
  const stream = counted(1)
  await dataset(stream).rows()
  expect(await openError(stream)).toMatch(/read by another dataset/)
})

test('rows are what they were when they came, though one object comes again and again', async () => {
  class Row {
    i = 0
    list: number[] = []
    bytes = new Uint8Array(new SharedArrayBuffer(1))
    day = new Date(0)
  }
  for (const row of [Object.assign({}, new Row()), new Row(), Object.assign(Object.create(null) as Row, new Row())]) {
    async function* reused() {
      for (let i = 0; i < 3; i++) {
        row.i = i
        row.list.push(i)
        row.bytes[0] = i
        row.day.setTime(1000 * i)
        yield row
      }
    }
    const rows = await dataset(reused()).rows()
    expect(rows.map(({ i, list, day }) => [i, list, new Date(day as string).getTime()])).toEqual([
      [0n, [0n], 0],
      [1n, [0n, 1n], 1000],
      [2n, [0n, 1n, 2n], 2000],
    ])
    expect(rows.map(({ bytes }) => [...(bytes as Uint8Array)])).toEqual([[0], [1], [2]])
    row.list = []
  }
})

test('an item that cannot be read is named, and what it threw', async () => {
  async function* failing() {
    yield { a: 1 }
    yield Object.defineProperty({}, 'a', { enumerable: true, get: () => structuredClone(() => {}) })
  }
  await expect(dataset(failing()).rows()).rejects.toThrow(/^item 2 of the stream cannot be read: /)
})

describe('types say of texts in memory what they are read as, in a stream as in records', () => {
  const judged = async (source: DatasetSource, type: LogicalType, asked: ValueType) => {
    const data = dataset(source, { name: 'told', types: { x: type } })
    const [result] = await evaluate(valuesOfType(data.column('x'), asked))
    const [limits] = await evaluate(noMissing(data.column('x'), { mostly: 0.5 }))
    return [await data.columns(), result?.status, result?.message, limits?.status]
  }
  function* stream(rows: readonly Record<string, unknown>[]) {
    yield* rows
  }
  test.each<[value: unknown, type: LogicalType, asked: ValueType, status: string]>([
    ['12.30', 'decimal', 'number', 'pass'],
    ['12.30 EUR', 'decimal', 'number', 'fail'],
    ['7', 'integer', 'integer', 'pass'],
    ['7 pcs', 'integer', 'integer', 'fail'],
    [7.5, 'integer', 'integer', 'fail'],
    ['1.5', 'number', 'number', 'pass'],
    ['cheap', 'number', 'number', 'fail'],
    ['2026-01-02', 'date', 'date', 'pass'],
    ['02.01.2026', 'date', 'date', 'fail'],
    ['2026-01-02T10:00:00', 'timestamp', 'timestamp', 'pass'],
    ['soon', 'timestamp', 'timestamp', 'fail'],
    ['2026-01-02T10:00:00Z', 'timestamptz', 'timestamptz', 'pass'],
    ['soon', 'timestamptz', 'timestamptz', 'fail'],
    ['true', 'boolean', 'boolean', 'pass'],
    ['maybe', 'boolean', 'boolean', 'fail'],
    ['10:00', 'time', 'time', 'pass'],
    ['noon', 'time', 'time', 'fail'],
  ])('%j as %s', async (value, type, asked, status) => {
    const rows = [{ x: value }, { x: null }, { x: value }]
    const ofRecords = await judged(rows, type, asked)
    expect(ofRecords[1]).toBe(status)
    expect(await judged(stream(rows), type, asked)).toEqual(ofRecords)
  })
})
