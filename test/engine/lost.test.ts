import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { evaluate, rowCount, uniqueKey, valuesBetween } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { createDuckDB, sharedDuckDB } from '../../src/engine/duckdb.ts'
import { endsEngine } from '../../src/engine/lost.ts'
import { literal, type Sql, sql } from '../../src/sql/sql.ts'
import { holdRows, relationOf, versionOf } from '../../src/dataset/opened.ts'
import { temporaryFolder } from '../helpers/files.ts'

const folder = temporaryFolder()
const good = path.join(folder, 'good.parquet')
const bad = path.join(folder, 'bad.parquet')
const text = path.join(folder, 'text.csv')

/** A file whose number of rows is damaged: a dataset refuses it, but the engine itself meets an internal error. */
async function damage(): Promise<void> {
  const whole = readFileSync(good)
  const places = Array.from({ length: 120 }, (_, i) => 8 + ((i + 64) % 120))
  let engine = await createDuckDB({ threads: 1, memoryMB: 256 })
  const read = sql`read_parquet(${literal(bad)})`
  const works = (query: Sql): Promise<boolean> =>
    engine.query(query).then(
      () => true,
      () => false,
    )
  for (const place of places)
    for (const bit of [1, 2, 4, 8]) {
      const bytes = Buffer.from(whole)
      bytes[whole.length - place] = (bytes[whole.length - place] as number) ^ bit
      writeFileSync(bad, bytes)
      const opens = await works(sql`describe select * from ${read}`)
      await works(sql`select count(*) from ${read}`)
      if (!engine.lost) continue
      if (opens) return
      engine = await createDuckDB({ threads: 1, memoryMB: 256 })
    }
  throw new Error('no damage found that gives an internal error')
}

beforeAll(async () => {
  const engine = await sharedDuckDB()
  await engine.query(sql`copy (select range as id, range / 4 as amount, 'abc' || (range % 7) as word,
    case when range % 3 = 0 then null else range end as n from range(40)) to ${literal(good)} (format parquet)`)
  writeFileSync(text, 'id,amount\n1,5\n2,6\n')
  await damage()
})

/** What ends the engine that is shared. */
const fatal = async (): Promise<unknown> =>
  (await sharedDuckDB()).query(sql`select count(*) from read_parquet(${literal(bad)})`)

test('an internal error of the engine is shown once, where it belongs, and everything else is judged', async () => {
  const before = await sharedDuckDB()
  const [whole, lines, rows] = [dataset(good), dataset(text), dataset([{ id: 1 }, { id: 2 }])]
  const open = [await relationOf(whole), await relationOf(lines), await relationOf(rows)]
  expect(open.every(({ engine }) => engine === before)).toBe(true)
  const results = await Promise.all([
    fatal().then(String, String),
    evaluate([rowCount(whole, 40), uniqueKey(whole, 'id'), valuesBetween(whole.column('n'), { min: 0 })]),
    evaluate([rowCount(lines, 2), uniqueKey(lines, 'id')]),
    evaluate(rowCount(rows, 2)),
    lines.rows(),
  ])
  const [broken, ...others] = results
  expect(broken).toContain('INTERNAL Error')
  for (const one of others.slice(0, 3).flat()) expect(one).toMatchObject({ status: 'pass' })
  expect(others[3]).toHaveLength(2)
  const after = await sharedDuckDB()
  expect(before.lost).toBe(true)
  expect(after).not.toBe(before)
  expect(after.lost).toBe(false)
  await expect(before.query(sql`select 1`)).rejects.toMatchObject({ code: 'engine-lost' })
  // What was open goes on, reopened on the new engine.
  for (const data of [whole, lines, rows]) {
    expect((await relationOf(data)).engine).toBe(after)
    expect((await data.rows()).length).toBeGreaterThan(1)
  }
  expect(await whole.where({ id: 3 }).sample(1).rows()).toMatchObject([{ word: 'abc3' }])
})

test('a good file is not called damaged because another one ends the engine while it is opened', async () => {
  for (let i = 0; i < 2; i++) {
    const opened = await Promise.allSettled([
      fatal(),
      dataset(good).rows(),
      evaluate(rowCount(dataset(good).where({ n: 1 }), 1)),
    ])
    expect(opened[1]).toMatchObject({ status: 'fulfilled' })
    expect(opened[2]).toMatchObject({ value: [{ status: 'pass' }] })
  }
})

test('a query has not changed because the engine has ended that its dataset was open on', async () => {
  const input = dataset(good)
  const rows = dataset(sql`select id from ${input} where n > ${3}`)
  await relationOf(input)
  const [version, opened] = [await versionOf(input), await relationOf(rows)]
  await fatal().catch(() => {})
  expect((await relationOf(input)).engine).not.toBe(opened.engine)
  expect(await versionOf(input)).toBe(version)
  expect(await relationOf(rows)).toBe(opened)
})

test('rows that an engine held when it ended take no room any more', async () => {
  const file = path.join(folder, 'held.csv')
  writeFileSync(file, `id,word\n${Array.from({ length: 40_000 }, (_, i) => `${i},${'word'.repeat(8)}\n`).join('')}`)
  const taken = (): number => (process as unknown as Record<symbol, number>)[Symbol.for('assay.heldBytes')] ?? 0
  const before = taken()
  const rows = dataset(file)
  const read = async (): Promise<number> => {
    await holdRows(rows)
    const { engine, from } = await relationOf(rows)
    await engine.query(sql`select count(word) from ${from}`)
    return taken() - before
  }
  const once = await read()
  expect(once).toBeGreaterThan(1_000_000)
  await fatal().catch(() => {})
  expect(await read()).toBe(once)
})

test('what ends an engine is told by its words', () => {
  expect(endsEngine(new Error('INTERNAL Error: Information loss'))).toBe(true)
  expect(
    endsEngine(new Error('FATAL Error: Failed: database has been invalidated because of a previous fatal error')),
  ).toBe(true)
  expect(endsEngine(new Error('Invalid Input Error: INTERNAL Error'))).toBe(false)
})
