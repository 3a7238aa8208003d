import { describe, expect, test } from 'vitest'
import { gammaP, gammaQ } from '../../src/stats/gamma.ts'
import {
  noncentralChiSquareCdf,
  noncentralChiSquareQuantile,
  noncentralityOf,
} from '../../src/stats/noncentralChiSquare.ts'

/** Normal distribution function, from the central chi-square of one degree. */
const phi = (z: number): number => 0.5 + (Math.sign(z) * gammaP(0.5, (z * z) / 2)) / 2

test('with one degree it is the square of a shifted normal', () => {
  for (const [x, lambda] of [
    [4, 1],
    [0.5, 3],
    [30, 25],
    [2600, 2500],
    [1e6, 1e6 + 500],
  ] as const) {
    const [a, b] = [Math.sqrt(x), Math.sqrt(lambda)]
    expect(noncentralChiSquareCdf(x, 1, lambda)).toBeCloseTo(phi(a - b) - phi(-a - b), 8)
  }
})

test('with two degrees and no shift it is the exponential', () => {
  expect(noncentralChiSquareCdf(3, 2, 0)).toBeCloseTo(1 - Math.exp(-1.5), 13)
  expect(gammaQ(1, 700)).toBeCloseTo(Math.exp(-700), 13)
  expect(gammaQ(1, 700) / Math.exp(-700)).toBeCloseTo(1, 10)
})

describe('inverses', () => {
  test('quantile and noncentrality undo the distribution function', () => {
    for (const [df, lambda] of [
      [1, 0],
      [4.3, 12],
      [330, 1000],
    ] as const) {
      const x = noncentralChiSquareQuantile(0.975, df, lambda)
      expect(noncentralChiSquareCdf(x, df, lambda)).toBeCloseTo(0.975, 8)
      expect(noncentralityOf(x, df, 0.975)).toBeCloseTo(lambda, 4)
    }
  })

  test('a value that even the central distribution exceeds has noncentrality 0', () => {
    expect(noncentralityOf(1, 5, 0.975)).toBe(0)
  })
})
