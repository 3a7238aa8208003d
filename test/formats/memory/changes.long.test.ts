import { spawnSync } from 'node:child_process'
import { appendFileSync, readFileSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { evaluate, noMissing, rowCount, valuesBetween, valuesIn } from '../../../src/checks/index.ts'
import { type Dataset, dataset } from '../../../src/dataset/dataset.ts'
import { createDuckDB } from '../../../src/engine/duckdb.ts'
import { literal, sql } from '../../../src/sql/sql.ts'
import { filesOf, relationOf } from '../../../src/dataset/opened.ts'
import { looksAt } from '../../helpers/looksAt.ts'
import { temporaryFolder } from '../../helpers/files.ts'

const folder = temporaryFolder()
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
    // Whoever writes it has always written just before it is looked at.
    const before = (): void => appendFileSync(file, `2,${pad}\n`)
    const result = await looksAt(file, { before }, counted)
    expect(result).toMatchObject({ status: 'error', message: expect.stringContaining('is being written all') })
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
