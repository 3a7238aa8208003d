import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { evaluate, noMissing, rowCount, uniqueKey, valuesBetween } from '../../../src/checks/index.ts'
import { dataset } from '../../../src/dataset/dataset.ts'
import { createDuckDB } from '../../../src/engine/duckdb.ts'
import { literal, raw, sql } from '../../../src/sql/sql.ts'
import { relationOf } from '../../../src/dataset/opened.ts'
import { temporaryFolder } from '../../helpers/files.ts'

const folder = temporaryFolder()
const at = (name: string) => path.join(folder, name)

async function write(name: string, ...statements: readonly string[]): Promise<string> {
  const engine = await createDuckDB()
  await engine.query(sql`attach ${literal(at(name))} as made`)
  await engine.query(sql`use made`)
  for (const statement of statements) await engine.query(raw(statement))
  await engine.query(sql`use memory`)
  await engine.query(sql`detach made`)
  await engine.close()
  return at(name)
}

let shop: string
beforeAll(async () => {
  writeFileSync(at('secret.csv'), 'password\nhunter2\n')
  shop = await write(
    'shop.duckdb',
    `create table orders as select * from (values (1, 2.5::decimal(9,2)), (2, null)) t(id, amount)`,
    `create table "odd ""name" as select 1 as a`,
    `create schema old`,
    `create table old.orders as select 7 as id`,
    `create view big as select * from orders where id > 1`,
    `create view thief as select * from read_csv('${at('secret.csv')}')`,
  )
})

const open = (table?: string, file = shop) => dataset(file, table === undefined ? {} : { table })
const openError = (table?: string, file?: string) =>
  relationOf(open(table, file)).then(
    () => 'no error',
    (error: Error) => error.message,
  )

test('tables, views and schemas open by name, with their types', async () => {
  const orders = open('orders')
  expect((await relationOf(orders)).columns).toMatchObject([
    { name: 'id', type: 'integer' },
    { name: 'amount', type: 'decimal' },
  ])
  const [result] = await evaluate(noMissing(orders.column('amount')))
  expect(result).toMatchObject({ status: 'fail', evidence: [{ rowNumbers: [2] }] })
  expect(await open('old.orders').rows()).toEqual([{ id: 7 }])
  expect(await open('odd "name').rows()).toEqual([{ a: 1 }])
  expect(await open('big').rows()).toMatchObject([{ id: 2 }])
})

test('integers beyond 2^127 are no numbers to the engine: what asks for numbers is an error, with their type', async () => {
  const file = await write(
    'unsigned.duckdb',
    `create table t as select * from (values (1, 5::uhugeint), (2, ${2n ** 127n + 5n}::uhugeint)) t(id, x)`,
  )
  const unsigned = open('t', file)
  expect((await unsigned.rows()).map(({ x }) => x)).toEqual([5n, 2n ** 127n + 5n])
  const results = await evaluate([
    valuesBetween(unsigned.column('x'), { max: 2n ** 127n }),
    rowCount(unsigned.where({ x: 2n ** 127n + 5n }), { max: 5 }),
    uniqueKey(unsigned, 'x'),
  ])
  expect(results.map(({ status }) => status)).toEqual(['error', 'error', 'pass'])
  expect(results[0]?.message).toContain('holds unknown values (UHUGEINT), not numbers')
  const [cast] = await evaluate(
    valuesBetween(dataset(sql`select x::varchar as x from ${unsigned}`).column('x'), { max: 9 }),
  )
  expect(cast).toMatchObject({ status: 'fail', counts: { tested: 2, failed: 1 } })
})

test('a table is called by its name, so that those of one file are told apart', () => {
  expect([open('orders'), open('old.orders'), open()].map(({ name }) => name)).toEqual(['orders', 'old.orders', 'shop'])
  expect(dataset(shop, { table: 'orders', name: 'sales' }).name).toBe('sales')
})

test('a table joins with other datasets in a query', async () => {
  const names = dataset([{ id: 1, name: 'Ada' }])
  const joined = dataset(sql`select name, amount::double as amount from ${open('orders')} join ${names} using (id)`)
  expect(await joined.rows()).toEqual([{ name: 'Ada', amount: 2.5 }])
})

test('without a table, with a wrong one or with none there the error says what there is', async () => {
  expect(await openError()).toMatch(
    /holds 5 tables: which one\?\n.*"big", "odd \\"name", "orders", "thief", "old\.orders"/,
  )
  expect(await openError('order')).toMatch(/holds no table "order"\n.*did you mean "orders"\?/)
  const named = await write(
    'named.duckdb',
    'create schema mart; create table mart.orders as select 1 as a; create table b as select 1 as a',
  )
  expect(await openError('orders', named)).toMatch(/holds no table "orders"\n.*did you mean "mart\.orders"\?/)
  expect(await openError(undefined, await write('empty.duckdb'))).toMatch(/holds no tables/)
  expect(await open(undefined, await write('one.duckdb', 'create table single as select 1 as a')).rows()).toEqual([
    { a: 1 },
  ])
})

test('a view that reads other files is refused', async () => {
  expect(await openError('thief')).toMatch(/a view of ".*shop\.duckdb" may not read ".*secret\.csv"/)
})

test('a file that was written anew is read anew', async () => {
  const file = await write('changing.duckdb', 'create table t as select 1 as a')
  expect(await open('t', file).rows()).toEqual([{ a: 1 }])
  rmSync(file)
  await write('changing.duckdb', 'create table t as select 2 as a')
  expect(await open('t', file).rows()).toEqual([{ a: 2 }])
})

test('other files and other versions say what they are', async () => {
  writeFileSync(at('text.duckdb'), 'hello, this is no database')
  expect(await openError('t', at('text.duckdb'))).toMatch(/is not a DuckDB file/)
  writeFileSync(at('lite.db'), 'SQLite format 3\0')
  expect(await openError('t', at('lite.db'))).toMatch(/is an SQLite file\n.*Parquet/)
  writeFileSync(at('none.db'), '')
  expect(await openError('t', at('none.db'))).toMatch(/is empty \(0 bytes\)/)
  const bytes = readFileSync(shop)
  bytes.writeBigUInt64LE(999n, 12)
  writeFileSync(at('future.duckdb'), bytes)
  expect(await openError('orders', at('future.duckdb'))).toMatch(/future\.duckdb" cannot be opened as a DuckDB file: /)
})

test('a file that another process writes says who', async () => {
  const file = await write('busy.duckdb', 'create table t as select 1 as a')
  const script = `
    const { DuckDBInstance } = await import('@duckdb/node-api')
    const instance = await DuckDBInstance.create(${JSON.stringify(file)})
    const connection = await instance.connect()
    await connection.run('insert into t values (2)')
    console.log('open')
    process.stdin.resume()
    // What nothing refers to any more is collected, and its file closed.
    process.stdin.on('end', () => {
      connection.closeSync()
      instance.closeSync()
      process.exit()
    })`
  const writer = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] })
  try {
    await once(writer.stdout, 'data')
    expect(await openError('t', file)).toMatch(
      new RegExp(`busy\\.duckdb" is open for writing in another process \\(${writer.pid}\\)`),
    )
  } finally {
    writer.stdin.end()
    await once(writer, 'exit')
  }
})
