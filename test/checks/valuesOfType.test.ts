import { expect, test } from 'vitest'
import { evaluate, type ValueType, valuesOfType } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { matchesSchema } from '../../src/contracts/matchesSchema.ts'
import { join, raw, sql } from '../../src/sql/sql.ts'
import type { LogicalType } from '../../src/sql/dialect.ts'
import { temporaryFile } from '../helpers/files.ts'
import { judge, thrown } from '../helpers/judge.ts'
import { rowsOf } from '../helpers/blocks.ts'

test('text cells are judged by grammar and cast, whatever type the column was declared', async () => {
  const cells = [
    '1',
    '007',
    '1.5',
    'yes',
    'true',
    '2026-02-30',
    '2026-02-28',
    '1e400',
    'NaN',
    '99999999999999999999',
    '',
  ]
  const file = await temporaryFile('cells.csv', `c,i\n${cells.map((cell, i) => `${cell},${i}`).join('\n')}\n`)
  const valid = async (type: ValueType, declared: LogicalType) => {
    const result = await judge(valuesOfType(dataset(file, { types: { c: declared } }).column('c'), type))
    expect(result.counts).toMatchObject({ rows: 11, missing: 1, tested: 10 })
    const failed = rowsOf(result)?.rowNumbers?.map((row) => cells[row - 1]) ?? []
    return cells.filter((cell) => cell !== '' && !failed.includes(cell))
  }
  for (const declared of ['string', 'integer', 'date'] as const) {
    expect(await valid('integer', declared)).toEqual(['1', '99999999999999999999'])
    expect(await valid('boolean', declared)).toEqual(['true'])
    expect(await valid('date', declared)).toEqual(['2026-02-28'])
    expect(await valid('number', declared)).toEqual(['1', '1.5', '99999999999999999999'])
    expect(await valid('string', declared)).toHaveLength(10)
  }
})

test('a typed column is judged by its type, numbers asked for integers by value', async () => {
  const rows = dataset([
    { n: 1, x: 1.0, y: 1.5, t: '12', d: new Date(0), b: true },
    { n: 2, x: 1e300, y: Number.NaN, t: 'x', d: null, b: false },
    { n: null, x: 0.1 + 0.9, y: Number.POSITIVE_INFINITY, t: null, d: null, b: null },
  ])
  const failed = async (name: string, type: ValueType) =>
    (await judge(valuesOfType(rows.column(name), type))).counts?.failed
  expect(await failed('n', 'integer')).toBe(0)
  expect(await failed('n', 'number')).toBe(0)
  expect(await failed('x', 'integer')).toBe(0)
  expect(await failed('y', 'integer')).toBe(3)
  expect(await failed('y', 'number')).toBe(2)
  expect(await failed('t', 'integer')).toBe(1)
  expect(await failed('t', 'string')).toBe(0)
  expect(await failed('d', 'timestamp')).toBe(0)
  expect(await failed('b', 'boolean')).toBe(0)
  const wrong = await judge(valuesOfType(rows.column('n'), 'string'))
  expect(wrong).toMatchObject({
    status: 'fail',
    counts: { failed: 2 },
    message: 'the column holds integer values (BIGINT)',
  })
})

test('a column of several types is judged value by value, and a type that does not exist is an error', async () => {
  const mixed = dataset([{ m: 1 }, { m: 'a' }]).column('m')
  expect(await judge(valuesOfType(mixed, 'integer'))).toMatchObject({
    status: 'fail',
    counts: { tested: 2, failed: 1 },
  })
  expect(thrown(() => valuesOfType(mixed, 'int' as never))).toMatch(/does not know the type "int"/)
})

test('timestamps with a zone are told from those without, and their type is named', async () => {
  const file = await temporaryFile('psql.csv', 't\n2024-01-05 10:00:00+00\n2024-01-06 10:00:00 UTC\n')
  const [asked, zoned] = await evaluate([
    valuesOfType(dataset(file).column('t'), 'timestamp'),
    valuesOfType(dataset(file).column('t'), 'timestamptz'),
  ])
  expect(asked).toMatchObject({
    status: 'fail',
    message: expect.stringMatching(/; with a zone the type is timestamptz$/),
  })
  expect(zoned).toMatchObject({ status: 'pass' })
})

test.each([
  ['decimal(38, 19)', '-9999999999999999999.9999999999999999999', '-9999999999999999999'],
  ['decimal(38, 2)', '999999999999999999999999999999999999.99', '999999999999999999999999999999999999'],
  ['decimal(38, 38)', '-0.99999999999999999999999999999999999999', '0'],
  ['decimal(18, 2)', '9999999999999999.99', '-9999999999999999'],
  ['decimal(3, 0)', '', '-999'],
])('of %s as large as it holds %s has a fraction', async (type, fraction, whole) => {
  const values = [...(fraction === '' ? [] : [fraction]), whole, '0']
  const rows = values.map((text) => sql`(cast(${text} as ${raw(type)}))`)
  const data = dataset(sql`select x from (values ${join(rows)}) as t(x)`)
  const failed = values.length - 2
  expect((await judge(valuesOfType(data.column('x'), 'integer'))).counts).toMatchObject({ failed })
  const [result] = await evaluate(matchesSchema(data, { properties: { x: { type: 'integer' } } }))
  expect(result).toMatchObject({ status: failed > 0 ? 'fail' : 'pass', counts: { failed } })
})
