import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { tableFromArrays, type Vector, vectorFromArray } from 'apache-arrow'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { evaluate, noMissing, rowCount, valuesBetween, valuesIn } from '../../../src/checks/index.ts'
import { type Dataset, dataset } from '../../../src/dataset/dataset.ts'
import { createDuckDB } from '../../../src/engine/duckdb.ts'
import { matchesSchema } from '../../../src/contracts/index.ts'
import { literal, sql } from '../../../src/sql/sql.ts'
import { filesOf, relationOf, versionOf } from '../../../src/dataset/opened.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'assay-changes-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string): string => path.join(folder, name)

type Row = { id: number; name: string }
const csv = (rows: readonly Row[]): string => ['id,name', ...rows.map(({ id, name }) => `${id},${name}`), ''].join('\n')
const json = (rows: readonly Row[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('')

/** What a dataset, a slice of it, a query over both and its checks say. */
async function said(data: Dataset): Promise<unknown> {
  const big = data.where(sql`id > ${1}`)
  const joined = dataset(sql`select a.id from ${data} a join ${big} b on a.id = b.id`)
  const ids = async (of: Dataset) => (await of.rows()).map((row) => Number(row.id)).sort((a, b) => a - b)
  const results = await evaluate([
    rowCount(data, { min: 0, max: 1000 }),
    valuesIn(data.column('name'), ['a', 'b'], { allowEmpty: true }),
    valuesBetween(big.column('id'), { min: 0, max: 5 }, { allowEmpty: true }),
    noMissing(data.column('id')),
  ])
  return {
    all: await ids(data),
    big: await ids(big),
    joined: await ids(joined),
    counts: results.map(({ status, value, counts }) => [status, value ?? null, counts?.failed ?? null]),
    columns: await data.columns(),
    fingerprint: await data.fingerprint(),
  }
}

const orders: Row[] = [
  { id: 1, name: 'a' },
  { id: 2, name: 'b' },
]

describe('a file that is written anew is read anew', () => {
  const same = [
    { id: 1, name: 'x' },
    { id: 7, name: 'b' },
  ]
  const duckdb = async (file: string, rows: readonly Row[]): Promise<void> => {
    rmSync(file, { force: true })
    const engine = await createDuckDB()
    await engine.query(sql`attach ${literal(file)} as f`)
    await engine.query(sql`create table f.main.t (id bigint, name varchar)`)
    for (const { id, name } of rows) await engine.query(sql`insert into f.main.t values (${id}, ${name})`)
    await engine.close()
  }
  const parquet = async (file: string, rows: readonly Row[]): Promise<void> => {
    const engine = await createDuckDB()
    await engine.query(sql`create table t (id bigint, name varchar)`)
    for (const { id, name } of rows) await engine.query(sql`insert into t values (${id}, ${name})`)
    await engine.query(sql`copy t to ${literal(file)} (format parquet)`)
    await engine.close()
  }
  const text = (write: (rows: readonly Row[]) => string | Uint8Array) => (file: string, rows: readonly Row[]) =>
    writeFileSync(file, write(rows))

  const formats = [
    ['csv', text(csv)],
    ['csv.gz', text((rows) => gzipSync(csv(rows)))],
    ['jsonl', text(json)],
    ['json', text((rows) => JSON.stringify(rows))],
    ['parquet', parquet],
    ['duckdb', duckdb],
  ] as const

  test.each(formats)('%s: rows, slices, queries, checks and fingerprints', async (ending, write) => {
    const file = at(`orders.${ending}`)
    await write(file, orders)
    const data = dataset(file)
    const before = await said(data)
    expect(await said(data)).toEqual(before)
    await write(file, same)
    const after = await said(data)
    expect(after).toMatchObject({ all: [1, 7], big: [7], joined: [7] })
    expect(after).toEqual(await said(dataset(file)))
    await write(file, [])
    expect(await data.rows()).toEqual([])
  })

  test.each(formats)('%s: in place, by a rename or behind a link, with the time it had', async (ending, write) => {
    const [file, link] = [at(`timed.${ending}`), at(`link.${ending}`)]
    const contents = await Promise.all(
      [1, 2, 3].map(async (id) => {
        const one = at(`timed-${id}.${ending}`)
        await write(one, [{ id, name: 'a' }])
        utimesSync(one, 1_600_000_000, 1_600_000_000)
        return { id, one, bytes: readFileSync(one) }
      }),
    )
    const ways: readonly ((content: (typeof contents)[number]) => void)[] = [
      ({ bytes }) => writeFileSync(file, bytes),
      ({ bytes }) => {
        writeFileSync(`${file}.new`, bytes)
        utimesSync(`${file}.new`, 1_600_000_000, 1_600_000_000)
        renameSync(`${file}.new`, file)
      },
    ]
    const [data, linked] = [dataset(file), dataset(link)]
    const ids = async (of: Dataset) => (await of.rows()).map((row) => Number(row.id))
    for (const rests of [0, 80]) {
      for (const way of ways) {
        for (const content of contents) {
          way(content)
          utimesSync(file, 1_600_000_000, 1_600_000_000)
          rmSync(link, { force: true })
          symlinkSync(content.one, link)
          await new Promise((resolve) => setTimeout(resolve, rests))
          for (const of of [data, dataset(file), linked, dataset(link)]) expect(await ids(of)).toEqual([content.id])
          const [result] = await evaluate(valuesBetween(data.column('id'), { min: content.id, max: content.id }))
          expect(result?.status).toBe('pass')
        }
      }
    }
  })

  test('a DuckDB file with what was written beside it and is not in it yet', async () => {
    const file = at('logged.duckdb')
    await duckdb(file, [{ id: 1, name: 'a' }])
    await new Promise((resolve) => setTimeout(resolve, 80))
    const data = dataset(file)
    expect(await data.rows()).toHaveLength(1)
    // A writer that ends without a word leaves its log.
    const writer = `import { DuckDBInstance } from '@duckdb/node-api'
      const connection = await (await DuckDBInstance.create(${JSON.stringify(at('copy.duckdb'))})).connect()
      await connection.run("set wal_autocheckpoint = '1GB'")
      await connection.run("insert into t values (2, 'b')")
      process.kill(process.pid, 'SIGKILL')`
    writeFileSync(at('copy.duckdb'), readFileSync(file))
    expect(spawnSync(process.execPath, ['--input-type=module', '-e', writer]).signal).toBe('SIGKILL')
    writeFileSync(`${file}.wal`, readFileSync(at('copy.duckdb.wal')))
    await new Promise((resolve) => setTimeout(resolve, 80))
    expect(await data.rows()).toHaveLength(2)
  })

  test('a large file whose time is to come is read, and one that is written all the time is told', async () => {
    const file = at('ahead.csv')
    const pad = 'x'.repeat(100)
    writeFileSync(file, `id,pad\n${`1,${pad}\n`.repeat(90_000)}`)
    const ahead = new Date(Date.now() + 3_600_000)
    utimesSync(file, ahead, ahead)
    const data = dataset(file)
    const counted = async () => (await evaluate(rowCount(data, 90_000)))[0]
    expect(await counted()).toMatchObject({ status: 'pass' })
    let isOver = false
    const writing = (async () => {
      while (!isOver) {
        appendFileSync(file, `2,${pad}\n`)
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    })()
    expect(await counted()).toMatchObject({ status: 'error', message: expect.stringContaining('is being written all') })
    isOver = true
    await writing
    expect(await counted()).toMatchObject({ status: 'fail' })
  })

  test('at the same size, in the same moment, with its old time', async () => {
    const file = at('same.csv')
    writeFileSync(file, 'id\n1\n')
    const data = dataset(file)
    const old = new Date('2020-01-01')
    for (let i = 0; i < 30; i++) {
      writeFileSync(file, `id\n${i % 10}\n`)
      if (i % 3 === 0) utimesSync(file, old, old)
      expect(await data.rows()).toEqual([{ id: BigInt(i % 10) }])
    }
  })

  test('that was not there, is gone, comes back, and joins or leaves a glob', async () => {
    const file = at('late.csv')
    const data = dataset(file)
    const glob = dataset(at('part-*.csv'))
    const list = dataset([file, at('part-1.csv')])
    await expect(data.rows()).rejects.toThrow(/there is no file/)
    writeFileSync(file, 'id\n1\n')
    writeFileSync(at('part-1.csv'), 'id\n1\n')
    expect(await data.rows()).toHaveLength(1)
    expect(await glob.rows()).toHaveLength(1)
    expect(await list.rows()).toHaveLength(2)
    writeFileSync(at('part-2.csv'), 'id\n2\n3\n')
    expect(await glob.rows()).toHaveLength(3)
    expect(await filesOf(glob)).toHaveLength(2)
    rmSync(at('part-1.csv'))
    expect(await glob.rows()).toHaveLength(2)
    await expect(list.rows()).rejects.toThrow(/there is no file/)
    rmSync(file)
    await expect(data.rows()).rejects.toThrow(/there is no file/)
    writeFileSync(file, 'id\n')
    expect(await data.rows()).toEqual([])
  })

  test('a file that could not be read is read once it is mended', async () => {
    const file = at('mended.csv')
    writeFileSync(file, '')
    const data = dataset(file, { key: 'id' })
    await expect(data.rows()).rejects.toThrow(/is empty/)
    writeFileSync(file, 'ident\n1\n')
    await expect(data.rows()).rejects.toThrow(/key: there is no column "id"/)
    writeFileSync(file, 'id\n1\n')
    expect(await data.rows()).toHaveLength(1)
  })

  test('while it is read: an error, and then the new rows', async () => {
    const file = at('during.csv')
    writeFileSync(file, `id\n${'1\n'.repeat(1000)}`)
    const data = dataset(file)
    const { engine, from, findings } = await relationOf(data)
    const count = sql`select count(*) from ${from}`
    expect(await engine.query(count)).toEqual([[1000n]])
    appendFileSync(file, '2\n')
    const changed = /^"during" changed while it was read\n.*test a copy/
    await expect(engine.query(count)).rejects.toThrow(changed)
    await expect(engine.numbers(sql`select id from ${from}`)).rejects.toThrow(changed)
    await expect(engine.query(sql`select nonsense from ${from}`)).rejects.toThrow(changed)
    await expect(findings?.()).rejects.toThrow(changed)
    const [result] = await evaluate(rowCount(data, { min: 1001 }))
    expect(result).toMatchObject({ status: 'pass' })
  })

  test('one that is written all the time is never judged by halves', async () => {
    const file = at('restless.csv')
    const write = (n: number): void => writeFileSync(file, `id,copy\n${`${n},${n}\n`.repeat(5000)}`)
    write(0)
    const data = dataset(file)
    let n = 0
    let over = false
    const writing = (async () => {
      while (!over) {
        write(++n)
        await new Promise((resolve) => setTimeout(resolve, n % 7))
      }
    })()
    const answers = new Set<string>()
    for (let i = 0; i < 20; i++) {
      try {
        const before = n
        const rows = await data.rows()
        expect(new Set(rows.map(({ id, copy }) => JSON.stringify([Number(id), Number(copy)]))).size).toBe(1)
        expect(Number(rows[0]?.id)).toBeGreaterThanOrEqual(before)
        expect(rows).toHaveLength(5000)
        answers.add('rows')
      } catch (error) {
        expect(error).toMatchObject({ code: 'changed' })
        answers.add('changed')
      }
    }
    over = true
    await writing
    expect(await data.rows()).toHaveLength(5000)
    expect(answers.size).toBeGreaterThan(0)
  })
})

const texts = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value)
const first = (rows: readonly Record<string, unknown>[]): Record<string, unknown> => rows[0] ?? {}

describe('records and columns that hold other values are read anew', () => {
  const changes: readonly (readonly [string, (rows: Record<string, unknown>[]) => void])[] = [
    ['pushed', (rows) => rows.push({ id: 9, name: 'new' })],
    ['popped', (rows) => rows.pop()],
    ['cut', (rows) => rows.splice(1)],
    ['put in another order', (rows) => rows.reverse()],
    ['a number', (rows) => Object.assign(rows[0] as object, { id: 5 })],
    ['a text', (rows) => Object.assign(rows[1] as object, { name: 'B' })],
    ['a value gone', (rows) => delete rows[1]?.name],
    ['a name more', (rows) => Object.assign(rows[1] as object, { extra: 1 })],
    ['null for a value', (rows) => Object.assign(rows[0] as object, { name: null })],
    ['a name instead of another', (rows) => rows.splice(0, 1, { id: 1, title: 'a' })],
    ['an equal record', (rows) => rows.splice(0, 1, { ...rows[0] })],
    ['a date, in place', (rows) => (first(rows).day as Date).setTime(5)],
    ['bytes, in place', (rows) => ((first(rows).bytes as Uint8Array)[0] = 5)],
    ['a list inside', (rows) => (first(rows).list as number[]).push(5)],
    ['an object deep inside', (rows) => Object.assign((first(rows).deep as { in: object }).in, { x: 2 })],
    ['an entry of a map', (rows) => (first(rows).map as Map<string, number>).set('k', 2)],
  ]
  const made = (): Record<string, unknown>[] => [
    {
      id: 1,
      name: 'a',
      day: new Date(0),
      bytes: new Uint8Array(2),
      list: [1],
      deep: { in: { x: 1 } },
      map: new Map([['k', 1]]),
    },
    { id: 2, name: 'b' },
  ]

  test.each(changes)('%s', async (_, change) => {
    const rows = made()
    const data = dataset(rows as never)
    const slice = data.where(sql`id >= ${0}`)
    const query = dataset(sql`select * from ${slice}`)
    await Promise.all([data, slice, query].map((one) => one.rows()))
    const before = await versionOf(data)
    expect(await versionOf(data)).toBe(before)
    change(rows)
    const fresh = dataset(rows as never)
    for (const one of [data, slice, query]) expect(await one.rows()).toEqual(await fresh.rows())
    expect(await data.fingerprint()).toBe(await fresh.fingerprint())
    expect(data.source).toBe(fresh.source)
  })

  test('any edit of any records', async () => {
    const cell = fc.constantFrom(0, 1, -0, Number.NaN, 'a', '', true, null, undefined, 2n ** 70n)
    const record = fc.record({ a: cell, b: cell, c: cell }, { requiredKeys: [] })
    const edit = fc.record({ row: fc.nat(5), key: fc.constantFrom('a', 'b', 'c', 'd'), value: cell })
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 5 }), fc.array(edit, { maxLength: 4 }), async (records, edits) => {
        const rows = records.map((one) => ({ ...one })) as Record<string, unknown>[]
        const data = dataset(rows as never)
        await data.rows()
        for (const { row, key, value } of edits) {
          const target = rows[row]
          if (target) target[key] = value
          else rows.push({ [key]: value })
          expect(await data.rows()).toEqual(await dataset(rows as never).rows())
        }
      }),
      { numRuns: process.env.ASSAY_SUITE === 'all' ? 500 : 60, seed: 20261125 },
    )
  })

  test('an object of columns and its typed arrays', async () => {
    const columns = { id: new Float64Array([1, 2]), name: ['a', 'b'] }
    const data = dataset(columns)
    await data.rows()
    columns.id[1] = 7
    expect(await data.rows()).toEqual([
      { id: 1, name: 'a' },
      { id: 7, name: 'b' },
    ])
    columns.name[0] = 'z'
    expect(await data.rows()).toEqual([
      { id: 1, name: 'z' },
      { id: 7, name: 'b' },
    ])
    Object.assign(columns, { more: [true, false] })
    expect(await data.columns()).toEqual([
      { name: 'id', type: 'number' },
      { name: 'name', type: 'string' },
      { name: 'more', type: 'boolean' },
    ])
  })

  test('an Arrow table, a batch and columns of vectors, whose bytes somebody writes to', async () => {
    const floats = new Float64Array([1, 2, 3, 4])
    const table = tableFromArrays({ x: floats, t: ['a', 'b', 'c', 'd'] })
    const [x, t] = [table.getChild('x'), table.getChild('t')] as [Vector, Vector]
    const list = vectorFromArray([[1, 2], [3], null, [4]])
    const sources = [table, table.slice(1, 3), table.batches[0], { x, t }, { list }] as never[]
    const said = (from: readonly Dataset[]) => Promise.all(from.map((data) => data.rows()))
    const datasets = sources.map((source) => dataset(source))
    await said(datasets)
    const versions = await Promise.all(datasets.map(versionOf))
    expect(await Promise.all(datasets.map(versionOf))).toEqual(versions)
    const changes = [
      () => (floats[1] = 99),
      () => x.set(2, 7),
      () => list.data[0]?.children[0]?.values.fill(5),
      () => t.data[0]?.dictionary?.data[0]?.values.fill(122),
    ]
    for (const change of changes) {
      const before = JSON.stringify(await said(datasets), texts)
      change()
      const after = JSON.stringify(await said(datasets), texts)
      expect(after).not.toBe(before)
      expect(after).toBe(JSON.stringify(await said(sources.map((source) => dataset(source))), texts))
    }
  })

  test('objects that write themselves are what they write', async () => {
    class Money {
      read = 0
      amount = 5
      toJSON(): number {
        this.read++
        return this.amount
      }
    }
    const price = new Money()
    const data = dataset([{ price }])
    const version = await versionOf(data)
    expect(await data.rows()).toEqual([{ price: 5n }])
    expect(await versionOf(data)).toBe(version)
    price.amount = 6
    expect(await data.rows()).toEqual([{ price: 6n }])
  })

  test('checks see the values of now, also through schemas, asked one after another or at once', async () => {
    const rows = [{ id: 1 as number | null, tag: 'x' }]
    const data = dataset(rows)
    const schema = { type: 'object', properties: { id: { type: 'integer', not: { const: 3 } } }, required: ['id'] }
    const ask = async () => {
      const results = await evaluate([
        noMissing(data.column('id')),
        rowCount(data, { max: 2 }),
        matchesSchema(data, schema),
      ])
      return results.some(({ status }) => status !== 'pass')
    }
    expect(await ask()).toBe(false)
    rows.push({ id: null, tag: 'y' })
    expect(await ask()).toBe(true)
    rows.pop()
    expect(await ask()).toBe(false)
    rows.push({ id: 3, tag: 'z' })
    expect(await ask()).toBe(true)
    rows.pop()
    const asked = evaluate(rowCount(data, { min: 1, max: 1 }))
    rows.push({ id: 5, tag: 'w' })
    const [later] = await evaluate(rowCount(data, { min: 2, max: 2 }))
    expect(later?.status).toBe('pass')
    expect((await asked)[0]?.status).not.toBe('pass')
  })

  test('the engine keeps one table of them', async () => {
    const rows = [{ id: 1 }]
    const data = dataset(rows)
    const { engine } = await relationOf(data)
    const tables = async () => Number((await engine.query(sql`select count(*) from duckdb_tables()`))[0]?.[0])
    const before = await tables()
    for (let i = 0; i < 10; i++) {
      rows.push({ id: i })
      await data.rows()
    }
    expect(await tables()).toBe(before)
  })
})

test('what does not change is opened once', async () => {
  const file = at('still.csv')
  writeFileSync(file, csv(orders))
  const rows = orders.map((row) => ({ ...row }))
  for (const data of [dataset(file), dataset(rows), dataset(sql`select 1 as id`)]) {
    const relation = await relationOf(data)
    await new Promise((resolve) => setTimeout(resolve, 60))
    for (let i = 0; i < 3; i++) expect(await relationOf(data)).toBe(relation)
    readFileSync(file)
    expect(await Promise.all([relationOf(data), relationOf(data)])).toEqual([relation, relation])
  }
})
