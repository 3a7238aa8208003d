import { expect, test } from 'vitest'
import { ksHalfWidth } from '../../src/stats/ksDistance.ts'

test('the half width is never under that of one sample, nor over the sum of both', () => {
  const one = (n: number, alpha: number) => Math.sqrt(Math.log(2 / alpha) / (2 * n))
  for (const [n, m] of [
    [100, 100],
    [100, 1e6],
    [5000, 300],
  ] as const) {
    const width = ksHalfWidth(n, m, 0.95)
    expect(width).toBeGreaterThan(one(Math.min(n, m), 0.05))
    expect(width).toBeLessThan(one(n, 0.025) + one(m, 0.025))
  }
})

test('against endless data the width is that of one sample (Massart 1990)', () => {
  expect(ksHalfWidth(1000, 1e12, 0.95)).toBeCloseTo(Math.sqrt(Math.log(2 / 0.05) / 2000), 4)
})

test('the width is symmetric and shrinks with the root of the rows', () => {
  expect(ksHalfWidth(200, 700, 0.9)).toBeCloseTo(ksHalfWidth(700, 200, 0.9), 3)
  expect(ksHalfWidth(400, 400, 0.9)).toBeCloseTo(ksHalfWidth(40_000, 40_000, 0.9) * 10, 6)
  expect(ksHalfWidth(1, 1, 0.95)).toBe(1)
})
