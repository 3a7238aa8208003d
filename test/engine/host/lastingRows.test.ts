import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { areNeededAgain, heldRows } from '../../../src/dataset/heldRows.ts'
import { dataset } from '../../../src/dataset/dataset.ts'
import { relationOn } from '../../../src/dataset/opened.ts'
import { createDuckDB, hostedDuckDB } from '../../../src/engine/duckdb.ts'
import type { Engine, SourceRows } from '../../../src/engine/engine.ts'
import { temporarySubfolder } from '../../../src/engine/temporary.ts'
import { id, raw, sql } from '../../../src/sql/sql.ts'
import { startHost } from '../../helpers/host.ts'
import { until } from '../../helpers/until.ts'

let host: Awaited<ReturnType<typeof startHost>>
beforeAll(async () => {
  host = await startHost()
})
afterEach(() => left(...engines.splice(0)))
afterAll(() => host.close())

const engines: Engine[] = []
async function hosted(): Promise<Engine> {
  const engine = await hostedDuckDB(host.place, { threads: 2, memoryMB: 256 })
  if (!engine) throw new Error('no host')
  engines.push(engine)
  return engine
}

async function left(...some: readonly Engine[]): Promise<void> {
  for (const engine of some) await engine.close()
  await until(() => host.clients() === 0)
}

const tables = (engine: Engine) =>
  engine.query(sql`select database_name, table_name from duckdb_tables() where not temporary`)
const rows = (state: string | undefined, name = 'x'): SourceRows => ({
  query: sql`select made from (select ${name} as made) as t`,
  state: () => state,
})

test('the next user of an engine finds a table of the same rows in the same state, and no other', async () => {
  const first = await hosted()
  expect(await first.lasting?.areNeededAgain(rows('a'))).toBe(false)
  const made = await first.lasting?.table(rows('a'))
  await left(first)
  const next = await hosted()
  expect(await next.lasting?.areNeededAgain(rows('a'))).toBe(true)
  expect(await next.lasting?.areNeededAgain(rows('b'))).toBe(false)
  expect(await next.lasting?.areNeededAgain(rows('a', 'y'))).toBe(false)
  expect(await next.lasting?.table(rows('a'))).toMatchObject({ table: made?.table })
  expect(await tables(next)).toHaveLength(1)
  expect(await next.lasting?.table(rows('b'))).not.toMatchObject({ table: made?.table })
})

test('what its user did not need is gone for the one after, and so is all that has no lasting name', async () => {
  const first = await hosted()
  await first.lasting?.table(rows('gone'))
  await left(first)
  const second = await hosted()
  await second.query(sql`create table stray as select 1`)
  await second.lasting?.table(rows('stays'))
  await left(second)
  const third = await hosted()
  expect(await tables(third)).toHaveLength(1)
  expect(await third.lasting?.areNeededAgain(rows('stays'))).toBe(true)
})

test('tables of a database that is attached stay where they are', async () => {
  const file = path.join(temporarySubfolder('attached'), 'own.db')
  const first = await hosted()
  await first.query(sql`attach ${raw(`'${file}'`)} as own`)
  await first.query(sql`create table own.main.orders as select 7 as id`)
  await left(first)
  const next = await hosted()
  expect(await next.query(sql`from own.main.orders`)).toEqual([[7]])
  await next.query(sql`detach own`)
})

test('of what changes while it is read, or whose state nothing tells, no table lasts', async () => {
  const engine = await hosted()
  let asked = 0
  const changing: SourceRows = { ...rows('a', 'changing'), state: () => `state ${asked++}` }
  expect(await engine.lasting?.table(changing)).toBeUndefined()
  expect(await engine.lasting?.table(rows(undefined, 'unknown'))).toBeUndefined()
  expect(await engine.lasting?.table({ query: sql`select random()`, state: () => 'a' })).toBeUndefined()
  expect(
    await engine.lasting?.table({ query: sql`select * from ${id('assay_memory_1')}`, state: () => 'a' }),
  ).toBeUndefined()
  await expect(engine.lasting?.table({ query: sql`select no`, state: () => 'a' })).rejects.toMatchObject({
    code: 'query-failed',
  })
  expect(await tables(engine)).toEqual([])
})

test('a table goes with the last who reads it', async () => {
  const engine = await createDuckDB({ threads: 1, memoryMB: 256 })
  const [first, second] = await Promise.all([engine.lasting?.table(rows('a')), engine.lasting?.table(rows('a'))])
  expect([first?.isFound, second?.isFound]).toEqual([false, true])
  expect(await tables(engine)).toHaveLength(1)
  await first?.drop()
  await first?.drop()
  expect(await engine.query(sql`from ${second?.table ?? sql`nothing`}`)).toEqual([['x']])
  await second?.drop()
  expect(await tables(engine)).toEqual([])
  await engine.close()
})

test('what is dropped while another begins to read it is made again', async () => {
  const engine = await createDuckDB({ threads: 1, memoryMB: 256 })
  for (let i = 0; i < 20; i++) {
    const before = await engine.lasting?.table(rows('a'))
    const drop = async () => before?.drop()
    const dropped = i % 2 ? drop() : undefined
    const next = engine.lasting?.table(rows('a'))
    await (dropped ?? drop())
    const after = await next
    expect(await engine.query(sql`from ${after?.table ?? sql`nothing`}`)).toEqual([['x']])
    await after?.drop()
  }
  expect(await tables(engine)).toEqual([])
  await engine.close()
})

test.each(['csv', 'jsonl'])('the rows of a %s file are read from the table that another left', async (format) => {
  const file = path.join(temporarySubfolder('rows'), `rows.${format}`)
  const line = (i: number): string => (format === 'csv' ? `${i},v${i}` : `{"id":${i},"v":"v${i}"}`)
  const lines = Array.from({ length: 5000 }, (_, i) => line(i)).join('\n')
  await writeFile(file, format === 'csv' ? `id,v\n${lines}\n` : `${lines}\n`)
  const source = { bytes: 5_000_000, state: () => 'as written', whole: <T>(work: () => Promise<T>) => work() }
  const of = async (engine: Engine) => {
    const relation = await relationOn(dataset(file), engine)
    const isAgain = await areNeededAgain(relation, source)
    const held = await heldRows(relation, source)
    if (!held) throw new Error('not held')
    const { numbered, from } = held.relation
    const cells = sql`select count(*), min(v), max(id)`
    const query = async () => [
      await engine.query(sql`${cells} from ${from}`),
      await engine.query(sql`select id, v from ${numbered ?? from} where __assay_row in (1, 4321) order by id`),
    ]
    return { isAgain, query }
  }
  const first = await hosted()
  const before = await of(first)
  const answer = await before.query()
  expect(answer).toEqual([
    [[5000n, 'v0', 4999n]],
    [
      [0n, 'v0'],
      [4320n, 'v4320'],
    ],
  ])
  await left(first)
  const second = await hosted()
  const after = await of(second)
  expect([before.isAgain, after.isAgain]).toEqual([false, true])
  expect(await after.query()).toEqual(answer)
  for (const [, table] of await tables(second)) await second.query(sql`delete from ${id(String(table))}`)
  expect(await after.query()).toEqual([[[0n, null, null]], []])
})
