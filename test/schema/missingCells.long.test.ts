import { Bool, Date_, DateUnit, Field, Float64, Int32, List, Schema, Timestamp, TimeUnit, Utf8 } from 'apache-arrow'
import { expect, test } from 'vitest'
import { evaluate } from '../../src/checks/evaluate.ts'
import { matchesSchema, type SchemaSource } from '../../src/contracts/index.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import { folderWith } from '../helpers/files.ts'

const columns: Readonly<Record<string, readonly (string | number | boolean)[]>> = {
  integers: [1, 2, -3],
  numbers: [1.5, 2, 1e300],
  booleans: [true, false, true],
  words: ['a', '2024-02-29', '1'],
  days: ['2024-02-29', '2024-03-01', '2024-03-02'],
  times: ['10:00:00', '23:59:59', '00:00:00'],
  moments: ['2024-02-29 10:00', '2024-02-29 11:00:01', '2024-02-29T12:00:00.5'],
  instants: ['2024-02-29T10:00:00Z', '2024-02-29 11:00:00+02', '2024-02-29T12:00:00.5Z'],
}

const formats = ['date-time', 'date', 'time', 'duration', 'email', 'uri', 'uuid', 'ipv4', 'regex', 'hostname']
const rules: readonly object[] = [
  ...['integer', 'number', 'boolean', 'string', 'array', 'object'].map((type) => ({ type })),
  { type: ['integer', 'boolean'] },
  ...formats.flatMap((format) => [{ format }, { type: 'string', format }]),
  { minimum: 2 },
  { multipleOf: 2 },
  { type: 'string', minLength: 2 },
  { pattern: '^2' },
  { enum: [1, 'a'] },
  { const: true },
  { not: { const: 'a' } },
]
const arrow = [
  new Int32(),
  new Float64(),
  new Bool(),
  new Utf8(),
  new Date_(DateUnit.DAY),
  new Timestamp(TimeUnit.MICROSECOND),
  new Timestamp(TimeUnit.MICROSECOND, 'UTC'),
  new List(new Field('item', new Int32(), true)),
]
const names = Object.keys(columns)
const schemas: Readonly<Record<string, SchemaSource>> = Object.fromEntries([
  ...rules.map((rule) => [JSON.stringify(rule), { properties: Object.fromEntries(names.map((name) => [name, rule])) }]),
  ...arrow.map((type) => [`Arrow ${String(type)}`, new Schema(names.map((name) => new Field(name, type, true)))]),
])

/** The values with as many rows of no value behind each, in every way to hold rows. */
async function held(gaps: number): Promise<Readonly<Record<string, Dataset>>> {
  const rows = [0, 1, 2].flatMap((at) => [
    Object.fromEntries(names.map((name) => [name, columns[name]?.[at]])),
    ...Array.from({ length: gaps }, () => ({}) as Record<string, never>),
  ])
  const records = rows.map((row, id) => ({ id, ...row }))
  const lines = rows.map((row, id) => [id, ...names.map((name) => row[name] ?? '')].join(','))
  const folder = await folderWith({
    'rows.csv': [['id', ...names].join(','), ...lines, ''].join('\n'),
    'rows.jsonl': records.map((record) => `${JSON.stringify(record)}\n`).join(''),
  })
  const texts = names.filter((name) => typeof columns[name]?.[0] === 'string')
  const types = Object.fromEntries(texts.map((name) => [name, 'string' as const]))
  return {
    csv: dataset(`${folder}/rows.csv`),
    'csv of text': dataset(`${folder}/rows.csv`, { types }),
    jsonl: dataset(`${folder}/rows.jsonl`),
    records: dataset(records),
  }
}

async function judged(data: Dataset, schema: SchemaSource): Promise<readonly unknown[]> {
  const results = await evaluate(matchesSchema(data, schema, { allowExtra: true }))
  return results.map(({ kind, subject, status, measured, counts }) => {
    expect(counts?.failed ?? 0, `${subject.column} ${measured}`).toBeLessThanOrEqual(counts?.tested ?? 0)
    return [subject.column, kind, status, measured, counts?.tested, counts?.failed]
  })
}

test.each(Object.entries(schemas))('what %s says of values is the same with rows that hold none', async (_, schema) => {
  const [whole, gappy] = [await held(0), await held(5)]
  for (const [way, data] of Object.entries(whole))
    expect(await judged(gappy[way] as Dataset, schema), way).toEqual(await judged(data, schema))
})
