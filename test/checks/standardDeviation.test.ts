import { expect, test } from 'vitest'
import { evaluate, standardDeviationBetween, valuesBetween } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { sharedDuckDB } from '../../src/engine/duckdb.ts'
import { literal, sql } from '../../src/sql/sql.ts'
import { temporaryFile } from '../helpers/files.ts'

/** The standard deviation of whole numbers, by their digits. */
function deviation(values: readonly bigint[], freedom = values.length - 1): number {
  const n = BigInt(values.length)
  const sum = values.reduce((a, b) => a + b, 0n)
  const squares = values.reduce((a, b) => a + (b * n - sum) ** 2n, 0n)
  return Math.sqrt(Number(squares / (n * n)) / freedom || Number(squares) / Number(n * n) / freedom)
}

const measured = async (values: readonly (bigint | number | null)[], options = {}) => {
  const data = dataset(values.map((v) => ({ v })))
  const [result] = await evaluate(standardDeviationBetween(data.column('v'), { max: 0.5 }, options))
  return [result?.status, result?.value] as const
}

test('of integers that a number rounds it is that of their digits', async () => {
  const near = [9007199254740993n, 9007199254740995n, 9007199254740994n, 9007199254740992n]
  const [status, value] = await measured([...near, null])
  expect([status, value]).toEqual(['fail', expect.closeTo(deviation(near), 12)])
  expect(await measured(near, { population: true })).toEqual(['fail', expect.closeTo(deviation(near, 4), 12)])
  expect(await measured([2n ** 62n, 2n ** 62n])).toEqual(['pass', 0])
  const wide = [-(2n ** 62n), 2n ** 62n, 7n]
  expect((await measured(wide))[1]).toBeCloseTo(deviation(wide), -5)
})

test('of doubles and decimals far from zero it keeps its digits', async () => {
  const doubles = [1e15, 1e15 + 1, 1e15 + 2, 1e15 + 1]
  expect((await measured(doubles))[1]).toBeCloseTo(deviation([0n, 1n, 2n, 1n]), 12)
  const file = await temporaryFile('d.parquet', '')
  const engine = await sharedDuckDB()
  const rows = sql`select cast('12345678901234567890.' || i || '0' as decimal(30, 2)) as v from range(3) as t(i)`
  await engine.query(sql`copy (${rows}) to ${literal(file)} (format parquet)`)
  const [result] = await evaluate(standardDeviationBetween(dataset(file).column('v'), { min: 0.05, max: 0.15 }))
  expect(result).toMatchObject({ status: 'pass', value: expect.closeTo(0.1, 12) })
})

test.each([
  [1e155, -1e155, 3e155, 0],
  [1e308, -1e308, 1e307],
  [1e200, 1, 2, -1e139],
  [1e-165, 2e-165, 3e-165, 0],
  [1e-320, 2e-320, -5e-320],
  [3e-139, 2e-139],
])('of doubles that have no squares it is that of the same in another unit: %f, %f …', async (...values) => {
  const unit = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const scaled = values.map((value) => value / unit)
  const mean = scaled.reduce((a, b) => a + b, 0) / values.length
  const squares = scaled.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const of = async (freedom: number, options: object) => {
    const [, value] = await measured(values, options)
    expect((value ?? 0) / (Math.sqrt(squares / freedom) * unit)).toBeCloseTo(1, 3)
  }
  await of(values.length - 1, {})
  await of(values.length, { population: true })
})

test('of numbers that lie farther apart than a double is large it is an error', async () => {
  expect((await measured([Number.MAX_VALUE, -Number.MAX_VALUE]))[0]).toBe('error')
})

test('what has no squares fails no other check of the same rows', async () => {
  const data = dataset([1e200, -1e200, 3].map((v) => ({ v, w: v })))
  const results = await evaluate([
    standardDeviationBetween(data.column('v'), { max: 1e200 }),
    valuesBetween(data.column('w'), { max: 1e200 }),
  ])
  expect(results).toMatchObject([{ status: 'pass' }, { status: 'pass' }])
})

test('a column of one number deviates by nothing, whatever its size, and NaN is an error', async () => {
  expect(await measured([1e300, 1e300])).toEqual(['pass', 0])
  expect(await measured([0.1, 0.1, 0.1])).toEqual(['pass', 0])
  expect((await measured([Number.NaN, 1]))[0]).toBe('error')
  expect((await measured([5]))[0]).toBe('vacuous')
})
