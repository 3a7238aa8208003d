import { expect, test } from 'vitest'
import { evaluate, uniqueKey, valuesBetween } from '../../src/checks/index.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { sql } from '../../src/sql/sql.ts'

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
const records = () => Array.from({ length: 3 }, (_, i) => Object.fromEntries(names.map((name, j) => [name, i + j])))

/** The columns of each table that the engine holds of a dataset, as its queries name it. */
async function tablesOf(data: Dataset, [result]: readonly CheckResult[]): Promise<readonly string[]> {
  const [table] = /assay_memory_\d+/.exec(String(result?.sql)) as unknown as [string]
  const { engine } = await relationOf(data)
  const rows = await engine.query(
    sql`select string_agg(column_name, '' order by column_index) from duckdb_columns()
        where table_name = ${table} or starts_with(table_name, ${`${table}_`}) group by table_name order by table_name desc`,
  )
  return rows.map(([columns]) => String(columns))
}

test('of records the engine takes the columns that are asked for, and all once others are', async () => {
  const data = dataset(records())
  const asks: readonly (readonly [string, readonly string[]])[] = [
    ['c', ['c']],
    ['c', ['c']],
    ['d', ['c', 'abcdefgh']],
    ['h', ['c', 'abcdefgh']],
  ]
  for (const [name, tables] of asks) {
    const results = await evaluate(valuesBetween(data.column(name), { min: 0 }))
    expect(results[0]).toMatchObject({ status: 'pass', counts: { rows: 3, missing: 0, tested: 3, failed: 0 } })
    expect(await tablesOf(data, results)).toEqual(tables)
  }
})

test('what is asked together makes one table, and what asks for rows makes all of them', async () => {
  const data = dataset(records())
  const good = await evaluate(['a', 'b'].map((name) => valuesBetween(data.column(name), { min: 0 })))
  expect(await tablesOf(data, good)).toEqual(['ab'])
  const bad = await evaluate(valuesBetween(data.column('a'), { min: 1 }))
  expect(JSON.stringify(bad[0]?.evidence)).toContain('"h"')
  expect(await tablesOf(data, bad)).toEqual(['ab', 'abcdefgh'])
  const other = dataset(records())
  await other.rows()
  expect(await tablesOf(other, await evaluate(valuesBetween(other.column('a'), { min: 0 })))).toEqual(['abcdefgh'])
})

test('records that change while they are judged are judged as they were, or told to have changed', async () => {
  const rows = records()
  const data = dataset(rows)
  const first = evaluate([valuesBetween(data.column('a'), { max: 2 }), uniqueKey(data, ['a', 'b'])])
  await relationOf(data)
  for (const row of rows) row.a = 7
  for (const result of await first) expect(result.status).toMatch(/pass|error/)
  const [second] = await evaluate(valuesBetween(data.column('a'), { max: 2 }))
  expect(second).toMatchObject({ status: 'fail', counts: { failed: 3 } })
})
