import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { evaluate } from '../../../src/checks/index.ts'
import { dataset } from '../../../src/dataset/dataset.ts'
import { matchesSchema } from '../../../src/contracts/matchesSchema.ts'
import { temporaryFolder } from '../../helpers/files.ts'

const folder = temporaryFolder()
let count = 0
const column = (cells: readonly string[]) => {
  const file = path.join(folder, `${++count}.csv`)
  writeFileSync(file, `${['at,id', ...cells.map((cell, i) => `${cell},${i}`)].join('\n')}\n`)
  return dataset(file)
}
const statusesOf = async (...asked: Parameters<typeof matchesSchema>): Promise<readonly string[]> =>
  (await evaluate(matchesSchema(...asked))).map(({ status }) => status)

test.each([
  ['PostgreSQL, Redshift, DuckDB', '2024-01-05 10:00:00+00', '2024-01-05T10:00:00.000Z'],
  ['PostgreSQL in Tehran', '2024-01-05 10:00:00.25+03:30', '2024-01-05T06:30:00.250Z'],
  ['BigQuery, Trino', '2024-01-05 10:00:00 UTC', '2024-01-05T10:00:00.000Z'],
  ['Trino', '2024-01-05 10:00:00.000 UTC', '2024-01-05T10:00:00.000Z'],
  ['Snowflake', '2024-01-05 10:00:00.000 -0800', '2024-01-05T18:00:00.000Z'],
  ['Snowflake in UTC', '2024-01-05 10:00:00.000 Z', '2024-01-05T10:00:00.000Z'],
  ['SQL Server', '2024-01-05 10:00:00.0000000 +05:30', '2024-01-05T04:30:00.000Z'],
  ['Spark', '2024-01-05T10:00:00.000+01:00', '2024-01-05T09:00:00.000Z'],
])('a timestamp with a zone as %s exports it is that instant to rows, schemas and zod', async (_, cell, instant) => {
  const data = column([cell, cell])
  expect(await data.columns()).toMatchObject([{ type: 'timestamptz' }, { type: 'integer' }])
  expect((await data.rows()).map(({ at }) => (at as Date).toISOString())).toEqual([instant, instant])
  const schema = { properties: { at: { type: 'string', format: 'date-time' } } }
  expect(await statusesOf(data, schema)).not.toContain('fail')
  const wanted = z.object({
    at: z.date().refine((date) => date.toISOString() === instant),
    id: z.bigint().or(z.number()),
  })
  expect(new Set(await statusesOf(data, wanted))).toEqual(new Set(['pass']))
})

test.each([
  ['MySQL, SQLite, ClickHouse', '2024-01-05 10:00:00', 'timestamp'],
  ['Oracle', '05-JAN-24 10.00.00.000000000 AM +00:00', 'string'],
  ['Trino with the name of a zone', '2024-01-05 10:00:00.000 Europe/Berlin', 'string'],
])('a timestamp as %s exports it is a %s', async (_, cell, type) => {
  expect(await column([cell, cell]).columns()).toMatchObject([{ type }, {}])
})

test('t and f, as PostgreSQL exports booleans, are booleans in a column that has both, or is said to be of them', async () => {
  const both = column(['t', 'f', 't'])
  expect(await both.columns()).toMatchObject([{ type: 'boolean' }, {}])
  expect((await both.rows()).map(({ at }) => at)).toEqual([true, false, true])
  expect(new Set(await statusesOf(both, z.object({ at: z.boolean() }).loose()))).toEqual(new Set(['pass']))
  expect(new Set(await statusesOf(both, { properties: { at: { type: 'boolean' } } }))).toEqual(new Set(['pass']))
  expect(new Set(await statusesOf(both, { properties: { at: { enum: ['t', 'f'] } } }))).toEqual(new Set(['pass']))
  for (const cells of [['f', 'f'], ['t'], ['f', 'm'], ['T', 'F']])
    expect(await column(cells).columns()).toMatchObject([{ type: 'string' }, {}])
})
