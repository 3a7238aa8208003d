import { blocksOf } from '../../src/results/blocks/index.ts'
import { describe, expect, test } from 'vitest'
import { many, normal, only, random, rowsOf } from './data.ts'
import { chartOf, numberOf } from '../helpers/blocks.ts'

const sample = (count: number, seed: number, shift = 0): number[] => {
  const next = random(seed)
  return many(count, () => normal(next) + shift)
}

describe('numbers', () => {
  test('a sample of the same distribution passes when there are enough rows', async () => {
    const result = await only(rowsOf(sample(5000, 1)), rowsOf(sample(5000, 2)))
    expect(result).toMatchObject({ status: 'pass', kind: 'noDriftFrom', family: 'drift', expected: 'D at most 0.1' })
    expect(result.measured).toMatch(/^D = 0\.\d+ \[0(\.\d+)?, 0\.\d+\]$/)
  })

  test('a shifted sample fails and says what moved', async () => {
    const result = await only(rowsOf(sample(2000, 1, 1)), rowsOf(sample(2000, 2)))
    expect(result.status).toBe('fail')
    expect(result.blocking).toBe(true)
    // The population's D for a shift of one standard deviation is 2 Φ(1/2) - 1 = 0.383.
    expect(numberOf(result)?.value).toBeCloseTo(0.383, 1)
    const [low, high] = numberOf(result)?.interval ?? [1, 0]
    expect(low).toBeLessThan(0.3829)
    expect(high).toBeGreaterThan(0.3829)
    expect(low).toBeGreaterThan(0.3)
    expect(numberOf(result)?.p).toBeLessThan(1e-100)
    expect(result.message).toMatch(/median -?0\.\d+ → \d\.\d+/)
  })

  test('D is exact on a sample small enough to count by hand', async () => {
    const result = await only(rowsOf([1, 2, 3, 4]), rowsOf([3, 4, 5, 6, 7]))
    expect(numberOf(result)?.value).toBeCloseTo(3 / 5, 12)
  })

  test('when only the share of missing values jumps, the verdict is drift and names them', async () => {
    const values = sample(4000, 3)
    const holes = values.map((value, i) => (i % 10 < 3 ? null : value))
    const result = await only(rowsOf(holes), rowsOf(sample(4000, 4)))
    expect(result.status).toBe('fail')
    expect(numberOf(result)?.value).toBeGreaterThanOrEqual(0.3)
    expect(numberOf(result)).toMatchObject({ current: { rows: 4000, missing: 1200 }, reference: { missing: 0 } })
    expect(result.message).toContain('missing 0 % → 30 %')
  })

  test('NaN and infinities are values of the distribution', async () => {
    const plain = sample(3000, 5)
    for (const odd of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const result = await only(rowsOf(plain.map((x, i) => (i % 4 === 0 ? odd : x))), rowsOf(plain))
      expect(result.status).toBe('fail')
      expect(numberOf(result)?.value).toBeGreaterThan(0.1)
      for (const chart of blocksOf(result, 'distributions')) {
        if (chart.type === 'histogram') expect(chart.edges.every(Number.isFinite)).toBe(true)
      }
    }
    const infinite = await only(
      rowsOf(plain.map((x, i) => (i % 4 === 0 ? Number.NEGATIVE_INFINITY : x))),
      rowsOf(plain),
    )
    expect(infinite.message).toContain('minus infinity 0 % → 25 %')
    const nan = await only(rowsOf(plain.map((x, i) => (i % 4 === 0 ? Number.NaN : x))), rowsOf(plain))
    expect(nan.message).toContain('not a number 0 % → 25 %')
  })

  test('a column that lost all its values is drift, though it has no type left', async () => {
    const result = await only(rowsOf(many(1000, () => null)), rowsOf(sample(1000, 6)))
    expect(result).toMatchObject({
      status: 'fail',
      evidence: [{ value: 1, current: { missing: 1000 } }, {}, { kind: 'causes' }],
    })
  })

  test('integers and fractions are both numbers', async () => {
    const result = await only(
      rowsOf(many(3000, (i) => i % 50)),
      rowsOf(many(3000, (i) => (i % 50) + (i < 9 ? 0.5 : 0))),
    )
    expect(result.status).toBe('pass')
  })

  test('both histograms share at most 24 bins and hold all finite values', async () => {
    const heavy = sample(3000, 7).map((x) => Math.exp(3 * x))
    const result = await only(rowsOf(heavy), rowsOf(sample(2000, 8)))
    const chart = chartOf(result)
    if (chart?.type !== 'histogram') throw new Error('no histogram')
    expect(chart.edges.length).toBeLessThanOrEqual(25)
    expect(chart.current.length).toBe(chart.edges.length - 1)
    expect(chart.current.reduce((a, b) => a + b)).toBe(3000)
    expect(chart.reference?.reduce((a, b) => a + b)).toBe(2000)
    expect(chart.unit).toBe('number')
  })
})

describe('times', () => {
  test('dates are compared as times, shown as such', async () => {
    const day = (i: number) => new Date(Date.UTC(2025, 0, 1 + (i % 300)))
    const result = await only(rowsOf(many(3000, (i) => day(i % 100))), rowsOf(many(3000, day)))
    expect(result.status).toBe('fail')
    expect(numberOf(result)?.value).toBeCloseTo(2 / 3, 9)
    expect(chartOf(result)).toMatchObject({ type: 'histogram', unit: 'time' })
    expect(result.message).toContain('2025-')
  })
})

describe('laws', () => {
  test('a distribution has distance 0 from itself, and is never called drift', async () => {
    for (const count of [1, 5, 100, 3000]) {
      const values = sample(count, count)
      const result = await only(rowsOf(values), rowsOf(values))
      expect(numberOf(result)?.value).toBe(0)
      expect(numberOf(result)?.p).toBe(1)
      expect(['pass', 'inconclusive']).toContain(result.status)
    }
  })

  test('the order of rows does not matter, and the sides may change places', async () => {
    const [a, b] = [sample(400, 9, 0.3), sample(700, 10)]
    const there = await only(rowsOf(a), rowsOf(b))
    const back = await only(rowsOf(b), rowsOf(a))
    const turned = await only(rowsOf([...a].reverse()), rowsOf([...b].sort((x, y) => x - y)))
    expect(numberOf(turned)).toEqual(numberOf(there))
    expect(numberOf(back)).toMatchObject({ value: numberOf(there)?.value, p: numberOf(there)?.p })
    expect(numberOf(back)?.interval?.[0]).toBeCloseTo(numberOf(there)?.interval?.[0] ?? 0, 3)
  })
})
