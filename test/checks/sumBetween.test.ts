import { describe, expect, test } from 'vitest'
import { evaluate, sumBetween } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { exactDeviation } from '../../src/metrics/exactDeviation.ts'
import { mean, sum } from '../../src/metrics/index.ts'
import { runMetrics } from '../../src/metrics/run.ts'
import { sql } from '../../src/sql/sql.ts'
import { relationOf } from '../../src/dataset/opened.ts'

const judge = async (values: readonly unknown[], bounds: object) =>
  (await evaluate(sumBetween(dataset(values.map((x) => ({ x }))).column('x'), bounds)))[0]

describe('a sum', () => {
  test('of integers is exact beyond 2^53, and is told with all its digits', async () => {
    const values = [2n ** 53n, 1n]
    expect(await judge(values, { max: 2 ** 53 })).toMatchObject({ status: 'fail', measured: '9,007,199,254,740,993' })
    expect(await judge([...values, -1n], { max: 2 ** 53 })).toMatchObject({ status: 'pass' })
    expect(await judge([-(2n ** 62n), -(2n ** 62n)], { min: -(2 ** 63) })).toMatchObject({ status: 'pass' })
  })

  test.each([
    ['doubles', [1e308, 1e308]],
    ['doubles that cancel out', [1e308, 1e308, -1e308, -1e308]],
    ['128-bit integers', [2n ** 127n - 1n, 2n ** 127n - 1n]],
  ])('of %s that overflows is an error, whatever the limits', async (_, values) => {
    for (const bounds of [{ min: 0 }, { max: 0 }, { lt: 1e300 }, { gt: -1e300 }])
      expect(await judge(values, bounds)).toMatchObject({ status: 'error' })
  })
})

test('a mean and a deviation that overflow are errors', async () => {
  const relation = await relationOf(dataset([{ x: 1.7e308 }, { x: 1.7e308 }]))
  const wide = await relationOf(dataset([{ x: 1.7e308 }, { x: -1.7e308 }]))
  for (const [metric, of] of [
    [sum('x'), relation],
    [mean('x'), relation],
    [exactDeviation('x'), wide],
  ] as const) {
    const result = (await runMetrics([metric], of)).get(metric.key)
    expect(result, metric.name).toMatchObject({ ok: false, error: { name: 'AssayError' } })
  }
})

test('a sum of decimals beyond what they hold is an error or exact', async () => {
  const data = dataset(
    sql`select (10::decimal(38, 0) ** 0 * 0 + 99999999999999999999999999999999999999::decimal(38, 0)) as x from range(3)`,
  )
  const [result] = await evaluate(sumBetween(data.column('x'), { min: 2.9e38, max: 3.1e38 }))
  expect(result).toMatchObject({ status: 'pass' })
})

test('a sum has bigints as limits, in a result that is JSON', async () => {
  const data = dataset([{ a: 2n ** 60n }, { a: 1n }])
  const [over, fits] = await evaluate([
    sumBetween(data.column('a'), { max: 2n ** 60n }),
    sumBetween(data.column('a'), { max: 2n ** 60n + 1n }),
  ])
  expect(over).toMatchObject({ status: 'fail', expected: 'at most 1,152,921,504,606,846,976' })
  expect(fits).toMatchObject({ status: 'pass' })
  expect(JSON.stringify([over, fits])).toContain('sumBetween')
})
