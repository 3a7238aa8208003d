import { expect, test } from 'vitest'
import { sharedDuckDB } from '../../src/engine/duckdb.ts'
import { written } from '../../src/sql/render.ts'
import { guarded, mapHoles, replaceable, type Sql, sql, withoutStandIns } from '../../src/sql/sql.ts'

const source = sql`(select 1 as x) as t`
const copy = sql`(select 2 as x) as t`

const values = async (table: Sql): Promise<readonly unknown[]> => {
  const engine = await sharedDuckDB()
  const query = sql`select x from ${table} where x > ${0}`
  return [(await engine.query(query))[0]?.[0], (await engine.numbers(query))[0]]
}

test('what stands in for a piece is read when a query runs, and is asked for each time', async () => {
  let instead: Sql | undefined
  let asked = 0
  const table = replaceable(source, async () => {
    asked++
    return instead
  })
  expect(await values(table)).toEqual([1, 1])
  instead = copy
  expect(await values(table)).toEqual([2, 2])
  instead = undefined
  expect(await values(table)).toEqual([1, 1])
  expect(asked).toBe(6)
  expect(written(sql`select x from ${table}`, (await sharedDuckDB()).dialect)).toBe(
    'select x from (select 1 as x) as t',
  )
})

test.each<[how: string, (table: Sql) => Sql]>([
  ['nested', (table) => sql`(select x from ${table}) as t`],
  ['watched', (table) => guarded(table, () => {})],
  [
    'of a watched piece',
    () =>
      replaceable(
        guarded(source, () => {}),
        async () => copy,
      ),
  ],
  [
    'with other holes',
    (table) => mapHoles(sql`(select x from ${table} where x <> ${'a'}::int) as t`, (hole) => (hole === 'a' ? 9 : hole)),
  ],
])('%s it stands in all the same', async (_, made) => {
  const table = made(replaceable(source, async () => copy))
  expect(await values(table)).toEqual([2, 2])
  expect(await values(withoutStandIns(table))).toEqual([1, 1])
})

test('who watches a piece watches what stands in for it', async () => {
  const changed = guarded(source, () => {
    throw new Error('changed')
  })
  await expect(values(replaceable(changed, async () => copy))).rejects.toThrow('changed')
  await expect(values(withoutStandIns(replaceable(changed, async () => copy)))).rejects.toThrow('changed')
})

test('what stops the making of a stand-in is the answer of the query', async () => {
  const failing = replaceable(source, () => Promise.reject(new Error('stopped')))
  await expect(values(failing)).rejects.toThrow('stopped')
})
