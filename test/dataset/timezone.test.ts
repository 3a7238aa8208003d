import path from 'node:path'
import { Table, TimestampMillisecond, vectorFromArray } from 'apache-arrow'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { evaluate, noMissing, valuesOfType } from '../../src/checks/index.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import { sharedDuckDB } from '../../src/engine/duckdb.ts'
import { matchesSchema } from '../../src/contracts/index.ts'
import { literal, sql } from '../../src/sql/sql.ts'
import { folderWith, temporaryFile } from '../helpers/files.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { rowsOf } from '../helpers/blocks.ts'

const timezone = 'Europe/Berlin'
const winter = new Date('2024-01-15T09:00:00Z')
const summer = new Date('2024-07-15T08:00:00Z')
const local = ['2024-01-15 10:00', '2024-07-15T10:00:00'] as const

const columnsOf = async (data: Dataset) => (await relationOf(data)).columns.map(({ name, type }) => `${name} ${type}`)
const atOf = async (data: Dataset) => (await data.rows()).map(({ at }) => at)

test.each([
  ['csv', `at\n${local.join('\n')}\n`, {}],
  ['tsv', `at\n${local.join('\n')}\n`, {}],
  ['jsonl', local.map((at) => JSON.stringify({ at })).join('\n'), { types: { at: 'timestamptz' } }],
  ['json', JSON.stringify(local.map((at) => ({ at }))), { types: { at: 'timestamptz' }, missing: ['NA'] }],
  ['log', `${local.join('\n')}\n`, { pattern: /^(?<at>.*)$/ }],
] as const)(
  '%s: timestamps without zone are instants of the zone, summer time or not',
  async (ending, text, options) => {
    const data = dataset(await temporaryFile(`a.${ending}`, text), { ...options, timezone })
    expect(await columnsOf(data)).toEqual(['at timestamptz'])
    expect(await atOf(data)).toEqual([winter, summer])
    expect(await atOf(data.sample(2))).toEqual([winter, summer])
  },
)

test('Parquet, Arrow and queries: so are columns of timestamps; those with a zone stay what they are', async () => {
  const engine = await sharedDuckDB()
  const file = path.join(await folderWith({}), 'a.parquet')
  await engine.query(sql`copy (select timestamp '2024-07-15 10:00' as at, timestamp_ns '2024-01-15 10:00:00' as ns,
    timestamptz '2024-07-15 10:00:00+00' as zoned, date '2024-07-15' as day) to ${literal(file)} (format parquet)`)
  const data = dataset(file, { timezone })
  expect(await columnsOf(data)).toEqual(['at timestamptz', 'ns timestamptz', 'zoned timestamptz', 'day date'])
  const row = { at: summer, ns: winter, zoned: new Date('2024-07-15T10:00:00Z'), day: new Date('2024-07-15') }
  expect(await data.rows()).toEqual([row])
  expect(await atOf(data.where(sql`"at" < zoned`))).toEqual([summer])

  const at = vectorFromArray([Date.UTC(2024, 6, 15, 10)], new TimestampMillisecond())
  expect(await atOf(dataset(new Table({ at }), { timezone }))).toEqual([summer])
  expect(await atOf(dataset({ at }, { timezone }))).toEqual([summer])

  const query = dataset(sql`select "at" from ${dataset(file)}`, { timezone })
  expect(await atOf(query)).toEqual([summer])
  expect(await atOf(dataset(sql`select "at" from ${query}`))).toEqual([summer])
})

test('records, columns and streams: dates of JavaScript are instants already', async () => {
  const rows = [{ at: winter }, { at: summer }]
  const stream = async function* () {
    yield* rows
  }
  for (const data of [
    dataset(rows, { timezone }),
    dataset({ at: [winter, summer] }, { timezone }),
    dataset(stream(), { timezone }),
  ]) {
    expect(await columnsOf(data)).toEqual(['at timestamptz'])
    expect(await atOf(data)).toEqual([winter, summer])
  }
  expect(await columnsOf(dataset(rows))).toEqual(['at timestamp'])
})

test('an offset and a zone of the text count before the zone of the dataset', async () => {
  const file = await temporaryFile('a.csv', 'at\n2024-07-15T10:00:00Z\n2024-07-15 10:00\n2024-07-15T10:00:00-01:00\n')
  expect(await columnsOf(dataset(file))).toEqual(['at string'])
  const hours = async (zone: string) =>
    (await atOf(dataset(file, { timezone: zone }))).map((at) => (at as Date).toJSON().slice(11, 16))
  expect(await hours(timezone)).toEqual(['10:00', '08:00', '11:00'])
  expect(await hours('+05:30')).toEqual(['10:00', '04:30', '11:00'])
  expect(await hours('-02:00')).toEqual(['10:00', '12:00', '11:00'])
  expect(await hours('UTC')).toEqual(['10:00', '10:00', '11:00'])
})

test('the hour that comes twice is the later one; in the one that is left out a cell is no timestamp', async () => {
  const twice = '2024-10-27 02:30:00.25'
  const never = '2024-03-31 02:30'
  const text = dataset(await temporaryFile('a.csv', `id,at\n1,${twice}\n2,${never}\n3,2024-03-31 03:30\n`), {
    timezone,
  })
  const later = new Date('2024-10-27T01:30:00.250Z')
  const after = new Date('2024-03-31T01:30:00Z')
  expect(await atOf(text)).toEqual([later, '2024-03-31 02:30', after])
  const results = await evaluate([valuesOfType(text.column('at'), 'timestamptz'), noMissing(text.column('at'))])
  expect(results.map(({ status, counts }) => [status, counts?.failed ?? 0])).toEqual([
    ['fail', 1],
    ['pass', 0],
  ])
  expect(JSON.stringify(rowsOf(results[0]))).toContain(`"${never}"`)

  const file = path.join(await folderWith({}), 'a.parquet')
  const engine = await sharedDuckDB()
  await engine.query(
    sql`copy (select unnest([${twice}, ${never}])::timestamp as at) to ${literal(file)} (format parquet)`,
  )
  expect(await atOf(dataset(file, { timezone }))).toEqual([later, after])
})

test('schemas see the instants, and a time that the zone leaves out is none', async () => {
  const file = await temporaryFile('a.csv', `at\n${local.join('\n')}\n2024-03-31 02:30\n`)
  const data = dataset(file, { timezone })
  const json = (rules: object) => matchesSchema(data, { type: 'object', properties: { at: rules } })
  const seen: Date[] = []
  const [typed, ranged, zod] = await Promise.all([
    evaluate(json({ type: 'string', format: 'date-time' })),
    evaluate(json({ type: 'string', format: 'date-time', formatMaximum: '2024-07-15T08:00:00Z' })),
    evaluate(matchesSchema(data, z.object({ at: z.date().refine((at) => seen.push(at) > 0) }))),
  ])
  for (const results of [typed, ranged, zod])
    expect(new Set(results.map(({ counts }) => counts?.failed))).toEqual(new Set([1]))
  expect(seen).toEqual([winter, summer])
})

test('a column that types calls timestamp stays one, and so do all without the option', async () => {
  const file = await temporaryFile('a.csv', `at,utc\n${local[1]},${local[1]}\n`)
  const data = dataset(file, { timezone, types: { utc: 'timestamp' } })
  expect(await columnsOf(data)).toEqual(['at timestamptz', 'utc timestamp'])
  expect(await data.rows()).toEqual([{ at: summer, utc: new Date('2024-07-15T10:00:00Z') }])
  expect(await columnsOf(dataset(file))).toEqual(['at timestamp', 'utc timestamp'])
})

test.each([
  ['Europe/Berln', 'did you mean Europe/Berlin?'],
  ['Berlin', 'did you mean Europe/Berlin?'],
  ['utc', 'did you mean UTC?'],
  ['BST', 'it takes the IANA name'],
  ['+5:30', 'an offset, e.g. +05:30'],
  ['+15:00', 'an offset'],
  ["UTC'); --", 'it takes'],
  [1, 'it takes'],
])('%j is no time zone, and the error says what is near', (zone, hint) => {
  expect(() => dataset([], { timezone: zone as string })).toThrow(
    expect.objectContaining({
      code: 'wrong-argument',
      message: expect.stringContaining(JSON.stringify(zone)),
      hint: expect.stringContaining(hint),
    }),
  )
})
