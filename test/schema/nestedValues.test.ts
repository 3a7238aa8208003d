import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { evaluate } from '../../src/checks/evaluate.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import { matchesSchema } from '../../src/contracts/index.ts'
import { literal, raw, sql } from '../../src/sql/sql.ts'
import { folderWith } from '../helpers/files.ts'
import { relationOf } from '../../src/dataset/opened.ts'

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
