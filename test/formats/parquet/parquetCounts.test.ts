import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { evaluate, missingCountBetween, noMissing, valuesBetween } from '../../../src/checks/index.ts'
import { dataset } from '../../../src/dataset/dataset.ts'
import type { Dataset } from '../../../src/dataset/model.ts'
import { relationOf } from '../../../src/dataset/opened.ts'
import { sharedDuckDB } from '../../../src/engine/duckdb.ts'
import { literal, raw, sql } from '../../../src/sql/sql.ts'
import { temporaryFile } from '../../helpers/files.ts'
import { queriesOf } from '../../helpers/queries.ts'

/** Rows from which on footers are asked. */
const ROWS = 120_000

/** Every seventh value is missing in `a`, every third in the text, all in `nothing`, none in `id`. */
const columns = `i as id, case when i % 7 <> 0 then i end as a, case when i % 3 <> 0 then 't' || i end as "x_1",
  case when i % 5 <> 0 then i end as "C0", {'inner': case when i % 2 = 0 then i end} as s, null::integer as nothing`
const missing = { id: 0, a: 17_143, x_1: 40_000, C0: 24_000, s: 0, nothing: ROWS }

async function parquet(name = 'a.parquet', selected = columns): Promise<string> {
  const file = await temporaryFile(name, '')
  const engine = await sharedDuckDB()
  await engine.query(
    sql`copy (select ${raw(selected)} from range(${ROWS}) as t(i)) to ${literal(file)} (format parquet, row_group_size 30720)`,
  )
  return file
}

/** How many values are missing as checks tell, and what was asked of the rows for it. */
async function missingIn(data: Dataset, names: readonly string[] = Object.keys(missing)) {
  const counts: Record<string, number | undefined> = {}
  const queries = await queriesOf(await relationOf(data), async () => {
    const results = await evaluate(names.map((name) => missingCountBetween(data.column(name), { max: ROWS })))
    for (const [i, name] of names.entries()) counts[name] = Number(results[i]?.measured.replaceAll(/\D/g, ''))
  })
  return { counts, scans: queries.filter((text) => text.includes('read_parquet')) }
}

test('missing values are those that a footer counts, and no column is read for them whose name is its own', async () => {
  const { counts, scans } = await missingIn(dataset(await parquet()))
  expect(counts).toEqual(missing)
  expect(scans).toHaveLength(1)
  for (const name of ['a', 'nothing']) expect(scans[0]).not.toContain(`"${name}"`)
  for (const name of ['x_1', 'C0', 's']) expect(scans[0]).toContain(`"${name}"`)
})

test('of several files they are those of all, and of slices and other readings those of their rows', async () => {
  const files = [await parquet('a.parquet'), await parquet('b.parquet')]
  const all = await missingIn(dataset(files))
  expect(all.counts).toEqual(Object.fromEntries(Object.entries(missing).map(([name, count]) => [name, 2 * count])))
  const data = dataset(files[0] as string)
  const slice = await missingIn(data.where(sql`id < 70000`), ['a', 'nothing'])
  expect(slice.counts).toEqual({ a: 10_000, nothing: 70_000 })
  const read = await missingIn(dataset(files[0] as string, { missing: [1, 2] }), ['id', 'a'])
  expect(read.counts).toEqual({ id: 2, a: missing.a + 2 })
})

test('a column that one file of several lacks is missing there', async () => {
  const files = [await parquet('a.parquet'), await parquet('b.parquet', 'i as id')]
  const { counts } = await missingIn(dataset(files, { union: true }), ['id', 'a', 'nothing'])
  expect(counts).toEqual({ id: 0, a: missing.a + ROWS, nothing: 2 * ROWS })
})

test('what a folder says stands in place of the column of that name, missing values and all', async () => {
  const file = await parquet()
  const folder = path.join(path.dirname(file), 'a=5')
  mkdirSync(folder)
  writeFileSync(path.join(folder, 'a.parquet'), readFileSync(file))
  const { counts } = await missingIn(dataset(path.join(folder, 'a.parquet'), { hive: true }), ['a', 'nothing'])
  expect(counts).toEqual({ a: 0, nothing: ROWS })
})

test('rows with a missing value are found and counted as before, beside other checks of the column', async () => {
  const data = dataset(await parquet())
  const results = await evaluate([noMissing(data.column('a')), valuesBetween(data.column('a'), { max: 100_000 })])
  expect(results.map(({ counts }) => counts)).toMatchObject([
    { rows: ROWS, failed: missing.a },
    { rows: ROWS, missing: missing.a, tested: ROWS - missing.a, failed: 17_142 },
  ])
  expect(results[0]?.evidence).toMatchObject([{ rowNumbers: Array.from({ length: 20 }, (_, i) => 7 * i + 1) }])
})

const varint = (value: bigint): Buffer => {
  const bytes: number[] = []
  for (let rest = BigInt.asUintN(64, value << 1n) ^ (value < 0n ? BigInt.asUintN(64, -1n) : 0n); ; rest >>= 7n) {
    if (rest < 128n) return Buffer.from([...bytes, Number(rest)])
    bytes.push(Number(rest & 127n) | 128)
  }
}

test.each([-1n, 30_721n, 2n ** 62n])(
  'a footer that says %s of 30,720 values are missing is not believed',
  async (lie) => {
    const file = await parquet('a.parquet', 'i as id, case when i % 30720 >= 12347 then i end as a')
    const bytes = readFileSync(file)
    const start = bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8)
    const counted = varint(12_347n)
    const parts: Buffer[] = []
    let from = start
    for (let at = bytes.indexOf(counted, from); at >= 0; at = bytes.indexOf(counted, from)) {
      parts.push(bytes.subarray(from, at), varint(lie))
      from = at + counted.length
    }
    expect(parts.length / 2).toBe(Math.ceil(ROWS / 30_720))
    const footer = Buffer.concat([...parts, bytes.subarray(from, -8)])
    const length = Buffer.alloc(4)
    length.writeUInt32LE(footer.length)
    const other = await temporaryFile('b.parquet', '')
    writeFileSync(other, Buffer.concat([bytes.subarray(0, start), footer, length, Buffer.from('PAR1')]))
    const lied = await missingIn(dataset(other), ['a'])
    expect(lied.counts).toEqual({ a: 12_347 * 4 })
    expect(lied.scans[0]).toContain('count("a")')
  },
)
