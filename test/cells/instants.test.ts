import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import {
  columnsAscending,
  columnsDistinct,
  columnsEqual,
  evaluate,
  keyExists,
  maxBetween,
  minBetween,
  sameRows,
  valuesBetween,
  valuesCovering,
  valuesIn,
  valuesNotIn,
} from '../../src/checks/index.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import { sharedDuckDB } from '../../src/engine/duckdb.ts'
import { join, literal, raw, type Sql, sql } from '../../src/sql/sql.ts'
import { temporaryFolder } from '../helpers/files.ts'

/** Instants in UTC, with the nanoseconds that some types keep. */
const near = [
  '1677-09-23T00:00:00',
  '1969-12-31T23:59:59.999999999',
  '1969-12-31T23:59:59.999999',
  '1969-12-31T23:59:59.999',
  '1970-01-01T00:00:00',
  '2024-05-01T10:00:00.123456789',
  '2024-05-01T10:00:00.123456788',
  '2024-05-01T10:00:00.123456',
  '2024-05-01T10:00:00.123',
  '2024-05-01T10:00:00',
  '2262-04-11T23:47:16.854775',
]
/** Beyond what nanoseconds reach. */
const far = ['0001-01-01T00:00:00', '9999-12-31T23:59:59.999999']

const digits = { timestamp_s: 0, timestamp_ms: 3, timestamp: 6, timestamp_ns: 9, timestamptz: 6, date: -1 } as const
type Native = keyof typeof digits
const natives = Object.keys(digits) as Native[]

const fractionOf = (text: string): string => text.split('.')[1] ?? ''
const fits = (text: string, native: Native): boolean =>
  native === 'date' ? text.endsWith('T00:00:00') : fractionOf(text).length <= digits[native]
const nanoseconds = (text: string): bigint =>
  BigInt(Date.parse(`${text.slice(0, 19)}Z`)) * 1_000_000n + BigInt(fractionOf(text).padEnd(9, '0'))
const textsOf = (native: Native): readonly string[] =>
  [...near, ...(native === 'timestamp_ns' ? [] : far)].filter((text) => fits(text, native))
const valuesOf = (native: Native): readonly bigint[] => textsOf(native).map(nanoseconds)
const cast = (text: string, native: Native): Sql =>
  sql`cast(${native === 'timestamptz' ? `${text}+00` : native === 'date' ? text.slice(0, 10) : text} as ${raw(native)})`
const folder = temporaryFolder()

function queryOf(native: Native): Sql {
  const rows = textsOf(native).map((text) => sql`(${cast(text, native)})`)
  return sql`select a from (values ${join(rows)}) as t(a)`
}

const rowsOf = (native: Native): Dataset => dataset(queryOf(native), { name: native })

/** The same in a file, since one check asks no two queries; it has microseconds for all that is coarser. */
async function fileOf(native: Native): Promise<Dataset> {
  const file = path.join(folder, `${native}.parquet`)
  const engine = await sharedDuckDB()
  if (!existsSync(file)) await engine.query(sql`copy (${queryOf(native)}) to ${literal(file)} (format parquet)`)
  return dataset(file)
}

test.each(natives)('listed values of %s have all their digits, and no others are equal', async (native) => {
  const column = rowsOf(native).column('a')
  const listed = [...near, ...far].filter((text) => native !== 'date' || fits(text, native))
  for (const text of listed) {
    const rows = textsOf(native).length
    const equal = textsOf(native).filter((value) => value === text).length
    const spellings = native === 'date' ? [text.slice(0, 10)] : [text, text.replace('T', ' '), `${text}Z`, `${text}+00`]
    for (const spelling of spellings) {
      const results = await evaluate([
        valuesIn(column, [spelling]),
        valuesNotIn(column, [spelling]),
        valuesCovering(column, [spelling]),
      ])
      const told = results.map(({ status, counts }, i) => (i === 2 ? status : counts?.failed))
      expect(told, spelling).toEqual([rows - equal, equal, equal > 0 ? 'pass' : 'fail'])
    }
  }
})

test.each(natives)('limits of any year hold values of %s', async (native) => {
  const column = rowsOf(native).column('a')
  for (const limit of [
    '0001-01-01',
    '1600-01-01',
    '1970-01-01',
    '2024-05-01T10:00:00.123',
    '2300-01-01',
    '9999-12-31',
  ]) {
    const at = nanoseconds(limit.length > 10 ? limit : `${limit}T00:00:00`)
    const failed = (holds: (value: bigint) => boolean): number =>
      valuesOf(native).filter((value) => !holds(value)).length
    const results = await evaluate(['min', 'gt', 'max', 'lt'].map((bound) => valuesBetween(column, { [bound]: limit })))
    const told = results.map(({ counts }) => counts?.failed)
    expect(told, limit).toEqual([
      failed((value) => value >= at),
      failed((value) => value > at),
      failed((value) => value <= at),
      failed((value) => value < at),
    ])
  }
})

const pairs = natives.flatMap((one, i) => natives.slice(i).map((other) => [one, other] as const))

test.each(pairs)('days and times of %s and %s compare as what they are', async (one, other) => {
  const both = textsOf(one).flatMap((a) => textsOf(other).map((b) => [a, b] as const))
  const rows = both.map(([a, b]) => sql`(${cast(a, one)}, ${cast(b, other)})`)
  const data = dataset(sql`select a, b from (values ${join(rows)}) as t(a, b)`)
  const failed = (holds: (a: bigint, b: bigint) => boolean): number =>
    both.filter(([a, b]) => !holds(nanoseconds(a), nanoseconds(b))).length
  const files = [await fileOf(one), await fileOf(other)] as const
  const results = await evaluate([
    columnsAscending(data, ['a', 'b']),
    columnsAscending(data, ['b', 'a'], { strictly: true }),
    columnsEqual(data, ['a', 'b']),
    columnsDistinct(data, ['a', 'b']),
    keyExists(files[0], 'a', files[1], 'a'),
    sameRows(...files),
  ])
  const [mine, theirs] = [valuesOf(one), valuesOf(other)]
  expect(results.map(({ status, counts, message }) => counts?.failed ?? message ?? status)).toEqual([
    failed((a, b) => a <= b),
    failed((a, b) => b < a),
    failed((a, b) => a === b),
    failed((a, b) => a !== b),
    mine.filter((value) => !theirs.includes(value)).length,
    mine.length === theirs.length && mine.every((value) => theirs.includes(value)) ? 'pass' : 'fail',
  ])
})

test('times before 1970 are rounded down to milliseconds, as those after it are', async () => {
  const column = dataset(sql`select timestamp '1969-12-31 23:59:59.9995' as a`).column('a')
  const results = await evaluate([minBetween(column, { lt: '1970-01-01' }), maxBetween(column, { lt: '1970-01-01' })])
  expect(results).toMatchObject([
    { status: 'pass', measured: '1969-12-31T23:59:59.999Z' },
    { status: 'pass', measured: '1969-12-31T23:59:59.999Z' },
  ])
})

test('the least and the greatest of integers that are written as decimals have all their digits', async () => {
  const column = dataset(sql`select 9007199254740993::decimal(38, 0) as a`).column('a')
  const results = await evaluate([maxBetween(column, { max: 2n ** 53n }), minBetween(column, { min: 2n ** 53n + 1n })])
  expect(results).toMatchObject([{ status: 'fail', measured: '9,007,199,254,740,993' }, { status: 'pass' }])
})
