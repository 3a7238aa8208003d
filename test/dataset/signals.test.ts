import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { tableFromArrays, tableToIPC } from 'apache-arrow'
import { beforeAll, describe, expect, test } from 'vitest'
import { evaluate, rowCount } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { sharedDuckDB } from '../../src/engine/duckdb.ts'
import { stoppedBy } from '../../src/engine/running.ts'
import { literal, sql } from '../../src/sql/sql.ts'
import { textCellXml, workbook, zstdRun } from '../helpers/bombs.ts'
import { folderWith } from '../helpers/files.ts'
import { relationOf } from '../../src/dataset/opened.ts'

const few = dataset([{ a: 1 }, { a: 2 }], { name: 'few' })
const endless = sql`(select count(*) from range(2000000) x, range(2000000) y where (x.range * y.range) % 7 = 3)`
const never = new Promise<never>(() => {})
const MUCH = 10 * 1024 ** 3

let folder: string
const at = (name: string): string => path.join(folder, name)
beforeAll(async () => {
  folder = await folderWith({
    'endless.csv.zst': zstdRun('a,b\n1,2\n', '\n', MUCH),
    'endless.jsonl.zst': zstdRun('{"a":1}\n', '\n', MUCH),
    'endless.json.zst': zstdRun('[{"a":1},', ' ', MUCH),
    'endless.log.zst': zstdRun('x\n', '\n', MUCH),
    'few.csv': 'a\n1\n2\n',
    'few.json': '[{"a":1},{"a":2}]',
    'few.jsonl': '{"a":1}\n{"a":2}\n',
    'few.log': 'x\ny\n',
    'few.arrow': Buffer.from(tableToIPC(tableFromArrays({ a: [1, 2] }), 'file')),
    'few.xlsx': await workbook(
      `<row r="1">${textCellXml('A1', 'a')}</row><row r="2"><c r="A2"><v>1</v></c></row><row r="3"><c r="A3"><v>2</v></c></row>`,
    ),
  })
  const engine = await sharedDuckDB()
  await engine.query(sql`copy (select range as a from range(2)) to ${literal(at('few.parquet'))} (format parquet)`)
  writeFileSync(at('long.csv'), `a\n${'1\n'.repeat(10)}`)
})

describe('opening stops in the middle', () => {
  test.each<readonly [string, () => Promise<unknown>]>([
    ['compressed CSV', () => relationOf(dataset(at('endless.csv.zst')))],
    ['JSON Lines', () => relationOf(dataset(at('endless.jsonl.zst')))],
    ['JSON', () => relationOf(dataset(at('endless.json.zst')))],
    ['lines', () => relationOf(dataset(at('endless.log.zst')))],
    ['a query', () => relationOf(dataset(sql`select * from ${few} where a > ${endless}`))],
    [
      'text that never comes',
      () =>
        relationOf(
          dataset(
            (async function* () {
              yield 'a,b\n'
              await never
            })(),
            { format: 'csv' },
          ),
        ),
    ],
    [
      'rows that never come',
      () =>
        relationOf(
          dataset(
            (async function* () {
              yield { a: 1 }
              await never
            })(),
          ),
        ),
    ],
  ])('of %s', async (_, open) => {
    await expect(stoppedBy(AbortSignal.timeout(150), open)).rejects.toMatchObject({
      name: 'AssayError',
      code: 'aborted',
    })
  })
})

describe('what was stopped answers the next who asks', () => {
  test.each(['csv', 'json', 'jsonl', 'log', 'arrow', 'xlsx', 'parquet'])('%s', async (ending) => {
    const data = dataset(at(`few.${ending}`))
    const stopped = stoppedBy(AbortSignal.abort(new Error('enough')), () => data.rows())
    await expect(stopped).rejects.toMatchObject({ code: 'aborted', message: 'stopped: enough' })
    expect(await data.rows()).toHaveLength(2)
  })

  test('who shares a look at a file with one who was stopped looks anew', async () => {
    const stop = new AbortController()
    const first = stoppedBy(stop.signal, () => dataset(at('long.csv')).rows())
    const second = dataset(at('long.csv')).rows()
    stop.abort(new Error('enough'))
    await expect(first).rejects.toThrow('stopped: enough')
    expect(await second).toHaveLength(10)
  })
})

test('evaluate stops all that it asks, also for what it says of the data beside the verdict', async () => {
  const data = dataset(sql`select * from ${few} where a > ${endless}`)
  const [result] = await evaluate(rowCount(data, { min: 1 }), { signal: AbortSignal.timeout(300) })
  expect(result).toMatchObject({ status: 'error', message: expect.stringContaining('stopped') })
})
