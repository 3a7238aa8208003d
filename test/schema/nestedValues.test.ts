import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { evaluate } from '../../src/checks/evaluate.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import { matchesSchema } from '../../src/contracts/index.ts'
import { literal, raw, sql } from '../../src/sql/sql.ts'
import { folderWith } from '../helpers/files.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { z } from 'zod'

/** What a value of each type reads as inside a list, a struct and a map, and as a column. */
const values: readonly (readonly [type: string, text: string, json: unknown])[] = [
  ['INTEGER', '7', 7],
  ['BIGINT', '7', 7],
  ['DECIMAL(9,2)', '1.50', 1.5],
  ['DOUBLE', '0.5', 0.5],
  ['VARCHAR', 'a', 'a'],
  ['BOOLEAN', 'true', true],
  ['DATE', '2024-02-29', '2024-02-29'],
  ['TIMESTAMP', '2024-02-29 10:00:00', '2024-02-29T10:00:00Z'],
  ['TIMESTAMP', '2024-02-29 10:00:00.123456', '2024-02-29T10:00:00.123456Z'],
  ['TIMESTAMP', '2024-02-29 10:00:00.5', '2024-02-29T10:00:00.5Z'],
  ['TIMESTAMP WITH TIME ZONE', '2024-02-29 10:00:00+02', '2024-02-29T08:00:00Z'],
  ['TIME', '10:00:00', '10:00:00'],
  ['TIME WITH TIME ZONE', '10:00:00+02', '08:00:00+00'],
  ['TIMESTAMP_NS', '2024-02-29 10:00:00.123456789', '2024-02-29T10:00:00.123456789Z'],
  ['UUID', '00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000001'],
  ['BLOB', 'a\\x00\\xFF', 'a\\x00\\xFF'],
  ['INTERVAL', '1 day', '1 day'],
  ['HUGEINT', '7', 7],
  ['DECIMAL(38,10)', '0.5', 0.5],
]

const folder = await folderWith({})
let files = 0

async function parquet(query: string): Promise<Dataset> {
  const { engine } = await relationOf(dataset([{ x: 1 }]))
  const file = path.join(folder, `${++files}.parquet`)
  await engine.query(sql`copy (${raw(query)}) to ${literal(file)} (format parquet)`)
  return dataset(file)
}

async function statuses(data: Dataset, schema: object): Promise<readonly string[]> {
  return (await evaluate(matchesSchema(data, schema))).map(({ status, message }) => `${status} ${message ?? ''}`)
}

test.each(values)('%s %s of Parquet reads as %j in a column, a list, a struct and a map', async (type, text, json) => {
  const cell = `cast('${text}' as ${type})`
  const data = await parquet(
    `select ${cell} as a, [${cell}, null] as l, {'m': ${cell}, 'absent': null::${type}} as s, map {'k': ${cell}} as d, [{'m': [${cell}]}] as n`,
  )
  const holds = {
    a: { const: json },
    l: { const: [json, null] },
    s: { const: { m: json } },
    d: { const: { k: json } },
    n: { const: [{ m: [json] }] },
  }
  expect(await statuses(data, { properties: holds })).toEqual(['pass ', 'pass ', 'pass ', 'pass ', 'pass '])
})

test('NaN is no number inside a list of Parquet either', async () => {
  const data = await parquet(`select [1.0, 'NaN'::double] as l, {'m': 'Infinity'::double} as s`)
  const numbers = { l: { items: { type: 'number' } }, s: { properties: { m: { type: 'number' } } } }
  expect((await statuses(data, { properties: numbers })).map((one) => one.split(' ')[0])).toEqual(['fail', 'fail'])
})

const rows = [
  { id: 1, tags: ['a', 'b'], place: { city: 'Ulm', zip: '01234' }, lines: [{ sku: 'x', price: 1.5 }] },
  { id: 2, tags: [], place: { city: 'Bonn' }, lines: [{ sku: 'y', price: 2 }, { sku: 'z' }] },
  { id: 3, place: { city: 'Ulm', zip: '1' } },
]
const schemas: readonly object[] = [
  { required: ['tags'] },
  { properties: { place: { required: ['zip'] } } },
  { properties: { place: { minProperties: 2 } } },
  { properties: { place: { properties: { zip: { type: 'string' } } } } },
  { properties: { place: { properties: { zip: { minLength: 2 } } } } },
  { properties: { place: { additionalProperties: false, properties: { city: true } } } },
  { properties: { lines: { items: { required: ['sku'], properties: { price: { type: 'number' } } } } } },
  { properties: { lines: { items: { required: ['price'] } } } },
  { properties: { lines: { items: { properties: { price: { type: 'integer' } } } } } },
  { properties: { lines: { items: { oneOf: [{ required: ['price'] }, { properties: { sku: { const: 'z' } } }] } } } },
  { properties: { tags: { uniqueItems: true, minItems: 1 } } },
  { properties: { tags: { contains: { const: 'a' } } } },
  { properties: { tags: { enum: [['a', 'b'], []] } } },
  { anyOf: [{ properties: { place: { required: ['zip'] } } }, { properties: { tags: { maxItems: 0 } } }] },
  { dependentRequired: { id: ['tags'] } },
]

test.each(schemas)('%j fails the same rows of records, JSON, JSON Lines and Parquet', async (schema) => {
  const [json, lines] = ['json', 'jsonl'].map((end) => path.join(folder, `${++files}.${end}`)) as [string, string]
  await writeFile(json, JSON.stringify(rows))
  await writeFile(lines, rows.map((row) => JSON.stringify(row)).join('\n'))
  const file = await parquet(`select * from read_json('${json}')`)
  const verdicts = await Promise.all(
    [dataset(rows), dataset(json), dataset(lines), file].map(async (data) =>
      (await evaluate(matchesSchema(data, schema))).map(({ status, counts, message }) => ({
        status,
        tested: counts?.tested,
        failed: counts?.failed,
        message,
      })),
    ),
  )
  for (const verdict of verdicts) expect(verdict).toEqual(verdicts[0])
})

test('bytes inside a list read as the text that they are in a column', async () => {
  const { engine } = await relationOf(dataset([{ x: 1 }]))
  const bytes = Array.from({ length: 256 }, (_, byte) => `\\x${byte.toString(16).padStart(2, '0')}`)
  const cell = `'${bytes.join('')}'::blob`
  const [[text] = []] = await engine.query(sql`select ${raw(cell)}::varchar`)
  const data = await parquet(`select ${cell} as a, [${cell}] as l`)
  expect(await statuses(data, { properties: { a: { const: text }, l: { const: [text] } } })).toEqual(['pass ', 'pass '])
})

test.each<[what: string, member: z.ZodType, passes: boolean]>([
  ['a decimal is a number', z.object({ price: z.number() }), true],
  ['a decimal is text of its digits', z.object({ price: z.literal('12.50') }), true],
  ['an instant is a Date, whatever its fraction', z.object({ at: z.date(), exact: z.date() }), true],
  ['an instant is text', z.object({ at: z.string(), exact: z.literal('2024-02-29T10:00:00.123456Z') }), true],
  ['a day is a Date, a decimal text', z.object({ day: z.date(), price: z.string() }), true],
  ['a day is text, a decimal a number', z.object({ day: z.literal('2024-02-29'), price: z.number() }), true],
  ['a whole number is a number or a bigint', z.object({ count: z.number() }), true],
  ['a whole number is a bigint', z.object({ count: z.bigint(), day: z.string() }), true],
  ['a member without a value is absent', z.object({ none: z.string().optional() }), true],
  ['a member without a value is null', z.object({ none: z.string().nullable(), count: z.bigint() }), true],
  ['a member without a value is missed', z.object({ none: z.string() }), false],
  ['a map with keys of text is an object', z.object({ map: z.record(z.string(), z.number()) }), true],
  ['an identifier is text', z.object({ id: z.uuid() }), true],
  ['a day is no number', z.object({ day: z.number() }), false],
])('inside a struct of Parquet, to a library of schemas: %s', async (_, member, passes) => {
  const data = await parquet(`select {
    'price': 12.50::decimal(9,2), 'at': timestamp '2024-02-29 10:00:00', 'exact': timestamp '2024-02-29 10:00:00.123456',
    'day': date '2024-02-29', 'count': 7::bigint, 'none': null::varchar, 'map': map {'k': 1.5::decimal(3,1)},
    'id': uuid '00000000-0000-4000-8000-000000000001' } as s`)
  const schemas = [z.object({ s: member }), z.object({ l: z.array(member) })]
  const listed = await parquet(`select [s] as l from (select * from read_parquet('${data.source}'))`)
  for (const [i, schema] of schemas.entries())
    expect((await statuses(i === 0 ? data : listed, schema)).every((one) => one === 'pass ')).toBe(passes)
})
