import { expect, test } from 'vitest'
import { evaluate, keyExists, sameRows } from '../../src/checks/index.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import { createDuckDB } from '../../src/engine/duckdb.ts'
import { literal, sql } from '../../src/sql/sql.ts'
import { rowsOf } from '../helpers/blocks.ts'
import { folderWith } from '../helpers/files.ts'
import path from 'node:path'

const text = 'id,x\n1,2\n2,3\n9,4\n'
const rows = [
  { id: 1, x: 2 },
  { id: 2, x: 3 },
  { id: 9, x: 4 },
]
const folder = await folderWith({
  'a.csv': text,
  'a.jsonl': rows.map((row) => JSON.stringify(row)).join('\n'),
  'mails.csv': 'id,mail\n1,ada@x\n2,bob@x\n',
})
const at = (name: string): string => path.join(folder, name)
const engine = await createDuckDB()
await engine.query(sql`copy (select * from read_csv(${literal(at('a.csv'))})) to ${literal(at('a.parquet'))}`)
await engine.query(sql`attach ${literal(at('a.duckdb'))} as shop`)
await engine.query(sql`create table shop.orders as select * from read_csv(${literal(at('a.csv'))})`)
await engine.close()

const query = (of: Dataset, name = 'query'): Dataset => dataset(sql`select * from ${of}`, { name })
const sources: Readonly<Record<string, () => Dataset>> = {
  'a CSV file': () => dataset(at('a.csv')),
  'a JSON Lines file': () => dataset(at('a.jsonl')),
  'a Parquet file': () => dataset(at('a.parquet')),
  'a table of a DuckDB file': () => dataset(at('a.duckdb'), { table: 'orders' }),
  records: () => dataset(rows, { name: 'records' }),
  'a query': () => query(dataset(at('a.csv'))),
  'a query of a query': () => query(query(dataset(rows, { name: 'rows' }), 'inner')),
  'rows of a query': () => query(dataset(at('a.parquet'))).where(sql`id > 0`),
}
const pairs = Object.keys(sources).flatMap((one) => Object.keys(sources).map((other) => [one, other] as const))

test.each(pairs)('%s compares with %s, row by row', async (one, other) => {
  const [here, there] = [sources[one]?.() as Dataset, sources[other]?.() as Dataset]
  const [same, key, less, none] = await evaluate([
    sameRows(here, there),
    keyExists(here, 'id', there, 'id'),
    sameRows(here, there.where(sql`id < 9`)),
    keyExists(here, 'id', there.where(sql`id < 9`), 'id'),
  ])
  expect([same?.status, key?.status]).toEqual(['pass', 'pass'])
  expect(less).toMatchObject({ status: 'fail', measured: '1 row more than there' })
  expect(none).toMatchObject({ status: 'fail', counts: { rows: 3, missing: 0, tested: 3, failed: 1 } })
  for (const result of [less, none]) expect(rowsOf(result)).toMatchObject({ rowNumbers: [3], total: 1 })
})

test('a query reads what stands in it and nothing else, beside other data too', async () => {
  const secret = dataset(sql`select length(content) as id, 1 as x from read_text(${at('mails.csv')})`, {
    name: 'secret',
  })
  const results = await evaluate([
    sameRows(secret, dataset(at('mails.csv'))),
    keyExists(dataset(at('mails.csv')), 'id', secret, 'id'),
  ])
  for (const { status, message } of results) {
    expect(status).toBe('error')
    expect(message).toMatch(/the query may not read/)
  }
})

test('no value of a personal column is shown', async () => {
  const mails = dataset(at('mails.csv'), { name: 'mails', pii: ['mail'] })
  const [result] = await evaluate(sameRows(query(mails, 'all'), query(mails.where({ id: 1 }), 'some')))
  expect(result).toMatchObject({ status: 'fail', measured: '1 row more than there' })
  expect(JSON.stringify(result)).not.toContain('bob@x')
})

test('segments of a query refer to what stands in other data', async () => {
  const results = await evaluate(
    keyExists(query(dataset(at('a.csv'))), 'id', dataset([{ id: 1 }, { id: 2 }], { name: 'known' }), 'id', {
      segmentBy: 'x',
    }),
  )
  expect(results.map(({ subject, status }) => [subject.slice, status])).toEqual([
    ['x = 2', 'pass'],
    ['x = 3', 'pass'],
    ['x = 4', 'fail'],
  ])
})

test('it stops with the question', async () => {
  const endless = dataset(sql`select a.id, b.range as x from ${dataset(at('a.csv'))} a, range(100) b`, { name: 'many' })
  const stop = new AbortController()
  const asked = evaluate(sameRows(endless, query(endless, 'again')), { signal: stop.signal })
  stop.abort(new Error('enough'))
  expect(await asked).toMatchObject([{ status: 'error' }])
})
