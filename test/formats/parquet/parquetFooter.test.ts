import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { evaluate, rowCount } from '../../../src/checks/index.ts'
import { dataset } from '../../../src/dataset/dataset.ts'
import { sharedDuckDB } from '../../../src/engine/duckdb.ts'
import { literal, raw, sql } from '../../../src/sql/sql.ts'
import { temporaryFile } from '../../helpers/files.ts'

/** A number that no length, offset or statistic of the file is. */
const ROWS = 12_347

const varint = (value: bigint): Buffer => {
  const bytes: number[] = []
  for (let rest = value * 2n; ; rest >>= 7n) {
    const low = Number(rest & 127n)
    if (rest < 128n) return Buffer.from([...bytes, low])
    bytes.push(low | 128)
  }
}

async function parquet(columns: string): Promise<Buffer> {
  const file = await temporaryFile('a.parquet', '')
  const engine = await sharedDuckDB()
  await engine.query(
    sql`copy (select ${raw(columns)} from range(${raw(String(ROWS))}) as t(i)) to ${literal(file)} (format parquet)`,
  )
  return readFileSync(file)
}

/** The file with its counts, those of the footer's places, as another number. */
function lying(bytes: Buffer, rows: bigint, places: readonly number[] | 'all'): Buffer {
  const end = bytes.length - 8
  const start = end - bytes.readUInt32LE(end)
  const parts: Buffer[] = []
  let from = start
  let place = 0
  const counted = varint(BigInt(ROWS))
  for (let at = bytes.indexOf(counted, from); at >= 0 && at < end; at = bytes.indexOf(counted, from), place++) {
    parts.push(bytes.subarray(from, at), places === 'all' || places.includes(place) ? varint(rows) : counted)
    from = at + counted.length
  }
  expect(place).toBeGreaterThan(2)
  const footer = Buffer.concat([...parts, bytes.subarray(from, end)])
  const length = Buffer.alloc(4)
  length.writeUInt32LE(footer.length)
  return Buffer.concat([bytes.subarray(0, start), footer, length, Buffer.from('PAR1')])
}

async function counted(bytes: Buffer) {
  const file = await temporaryFile('b.parquet', '')
  await writeFile(file, bytes)
  const [result] = await evaluate(rowCount(dataset(file), { min: 1 }))
  return result
}

test.each([
  ['of the file', [0]],
  ['of a column', [1]],
  ['of another column', [2]],
  ['of the row group', [3]],
  ['of the file and the row group', [0, 3]],
  ['of the columns', [1, 2]],
])('a footer that lies about the number %s is told, and no row count passes on its word', async (_, places) => {
  const bytes = await parquet('i % 7 as a, i % 5 as b')
  for (const claimed of [9_000_000_000_000_000n, BigInt(ROWS - 1), BigInt(ROWS + 1), 1n]) {
    const result = await counted(lying(bytes, claimed, places))
    expect(result?.status, String(claimed)).toBe('error')
    expect(result?.message).toMatch(/b\.parquet" cannot be read as Parquet: its footer claims [\d,]+ rows/)
  }
})

test('one that tells the same lie everywhere claims more than its bytes can hold', async () => {
  const result = await counted(lying(await parquet('i % 7 as a, i % 5 as b'), 9_000_000_000_000_000n, 'all'))
  expect(result?.message).toMatch(
    /its footer claims 9,000,000,000,000,000 rows, more than its [\d,]+ bytes can hold\n.*damaged/,
  )
})

test.each([
  'i as a',
  'null as a, i',
  '[i, i + 1] as l, {x: i, y: [i]} as s, map {i: i} as m, [] as e',
  'case when i > 3 then [i] end as l, i as "a, b"',
  '1 as one',
])('a true footer is believed: %s', async (columns) => {
  const bytes = await parquet(columns)
  expect(await counted(bytes)).toMatchObject({ status: 'pass', measured: '12,347 rows' })
})

test('so is one of several row groups, and of none', async () => {
  const file = await temporaryFile('c.parquet', '')
  const engine = await sharedDuckDB()
  await engine.query(
    sql`copy (select i from range(10000) as t(i)) to ${literal(file)} (format parquet, row_group_size 2048)`,
  )
  expect(await dataset(file).where({ i: 9999 }).rows()).toHaveLength(1)
  await engine.query(sql`copy (select 1 as i where false) to ${literal(file)} (format parquet)`)
  await writeFile(file, readFileSync(file))
  expect(await dataset(file).rows()).toEqual([])
})
