import { writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { held } from '../../src/cells/held.ts'
import { uniqueKey } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { sharedDuckDB } from '../../src/engine/duckdb.ts'
import { meanwhile, workingWith } from '../../src/engine/meanwhile.ts'
import { pagesOf } from '../../src/engine/pages.ts'
import { stoppedBy } from '../../src/engine/running.ts'
import { temporaryTable } from '../../src/engine/temporaryTable.ts'
import { guarded, raw, sql } from '../../src/sql/sql.ts'
import { temporaryFile } from '../helpers/files.ts'
import { judge } from '../helpers/judge.ts'
import { newTables } from '../helpers/tables.ts'

const tablesMade = async () => newTables(await sharedDuckDB())

const rows = async (count: number) => {
  const relation = await relationOf(dataset(Array.from({ length: count }, (_, i) => ({ i, k: i % 7 }))))
  // Whose own table is there once somebody has asked.
  await relation.engine.query(sql`select count(*) from ${relation.from}`)
  return relation
}

test('of a table whose source changes while it is made nothing is left', async () => {
  const relation = await rows(10)
  const tables = await tablesMade()
  const changed = (): void => {
    throw new Error('changed')
  }
  const changing = {
    ...relation,
    from: guarded(relation.from, changed),
    numbered: guarded(relation.numbered ?? relation.from, changed),
  }
  await expect(held(changing)).rejects.toThrow('changed')
  await expect(
    (async () => {
      for await (const _ of pagesOf({ ...changing, scanCost: 'high' }, raw('*'), { size: 2 }));
    })(),
  ).rejects.toThrow('changed')
  expect(await tables()).toEqual([])
})

test('of records that do not fit their column nothing is left', async () => {
  const engine = await sharedDuckDB()
  const tables = await tablesMade()
  async function* batches() {
    yield { rowCount: 1, values: [[1n]] }
    throw new Error('no more')
  }
  await expect(engine.load({ columns: [{ name: 'a', type: 'integer' }], batches: batches() } as never)).rejects.toThrow(
    'no more',
  )
  expect(await tables()).toEqual([])
})

test('who is stopped lets go of what it held all the same', async () => {
  const relation = await rows(10)
  const tables = await tablesMade()
  const stopping = new AbortController()
  await stoppedBy(stopping.signal, async () => {
    const copy = await held(relation)
    stopping.abort(new Error('enough'))
    await copy.release?.()
  })
  expect(await tables()).toEqual([])
})

test('what could not be dropped is dropped with the next table', async () => {
  const engine = await sharedDuckDB()
  const tables = await tablesMade()
  const made = await temporaryTable(engine, 'assay_test_owed', (table) =>
    engine.query(sql`create temp table ${table} as select 1 as a`),
  )
  const own = engine.query
  engine.query = () => Promise.reject(new Error('not now'))
  await made.drop()
  engine.query = own
  expect(await tables()).toContain('assay_test_owed')
  const next = await temporaryTable(engine, 'assay_test_next', (table) =>
    engine.query(sql`create temp table ${table} as select 1 as a`),
  )
  await next.drop()
  expect(await tables()).toEqual([])
})

test('what is made after everybody who works with the rows was stopped is given back', async () => {
  const relation = await rows(10)
  const given: number[] = []
  const make = async () => 7
  const back = async (value: number) => given.push(value)
  await expect(meanwhile(relation, 'seven', make, back)).rejects.toThrow(/nobody works/)
  expect(given).toEqual([7])
  await workingWith(relation, () => meanwhile(relation, 'seven', make, back))
  expect(given).toEqual([7, 7])
})

test('of a key that is looked for while its file is written anew nothing is left', async () => {
  const lines = (k: number) => `n,k\n${Array.from({ length: 24_000 }, (_, i) => `${i},${i % k}`).join('\n')}\n`
  const file = await temporaryFile('moving.csv', lines(9))
  const data = dataset(file)
  const relation = await relationOf(data)
  const tables = await tablesMade()
  const own = relation.engine.query
  relation.engine.query = async (query, options) => {
    if (!options?.by) await writeFile(file, lines(11))
    return own.call(relation.engine, query, options)
  }
  const result = await judge(uniqueKey(data, 'k'))
  relation.engine.query = own
  expect(result.status).toBe('error')
  expect(await tables()).toEqual([])
})
