import { describe, expect, test } from 'vitest'
import { ksExact } from '../../src/stats/ksExact.ts'
import { kolmogorovSf } from '../../src/stats/kolmogorov.ts'
import { ksTwoSample } from '../../src/stats/ksTwoSample.ts'

const sorted = (values: readonly number[]) => Float64Array.from(values).sort()
const range = (count: number, offset = 0) => Float64Array.from({ length: count }, (_, i) => i + offset)

describe('SciPy 1.10', () => {
  test.each<[string, readonly number[], readonly number[], number, number]>([
    [
      'eight against eight',
      [39.2, 39.3, 39.7, 41.4, 41.8, 42.9, 43.3, 45.8],
      [38.7, 41.5, 43.8, 44.5, 45.5, 46, 47.7, 58],
      0.625,
      0.08702408702408701,
    ],
    [
      'nine against seven',
      [0.762688, 0.159607, 0.604951, 0.678419, 0.489284, 0.158941, 0.195627, 0.676484, 0.304026],
      [0.773913, 0.275572, 0.31873, 0.486209, 0.984242, 0.852936, 0.049991],
      0.42857142857142855,
      0.368006993006993,
    ],
    ['ties', [2, 2, 3, 3, 4, 4, 5, 5], [1, 1, 2, 2, 3, 3, 4, 4], 0.25, 0.98010878010878],
    ['zeros of both signs', [0, -0, -0, 2, 1], [-0, 0, 1, -1, 0], 0.2, 1],
    ['one against one', [2], [1], 1, 1],
  ])('%s', (_, current, reference, statistic, p) => {
    const found = ksTwoSample(sorted(current), sorted(reference))
    expect(found.statistic).toBeCloseTo(statistic, 14)
    expect(found.p).toBeCloseTo(p, 12)
  })
})

test('disjoint samples have the probability of two of all orders', () => {
  expect(ksTwoSample(range(3), range(3, 10)).p).toBeCloseTo(2 / 20, 14)
  const p = ksTwoSample(range(300), range(300, 1000)).p
  // 2 / C(600, 300)
  expect(Math.log10(p)).toBeCloseTo(-178.8294, 3)
})

test('it names the value at which the samples differ most', () => {
  expect(ksTwoSample(range(10), range(10, 4)).location).toBe(3)
  expect(ksTwoSample(range(10), range(10))).toMatchObject({ statistic: 0, location: Number.NaN, p: 1 })
})

const SCIPY: readonly (readonly [n: number, m: number, gap: number, p: number])[] = [
  [3000, 2000, 156000, 0.38722795912209784],
  [3000, 2000, 346000, 0.0006636057550166871],
  [3000, 2000, 693000, 2.2090518284453907e-14],
  [9999, 10000, 1272697, 0.3888561133327348],
  [9999, 10000, 2828215, 0.0006457349428656064],
  [9999, 10000, 5656430, 2.2708605150508085e-14],
  [10000, 10000, 1270000, 0.39547859404270563],
  [10000, 10000, 2830000, 0.0006645359294741041],
  [10000, 10000, 5660000, 2.4066028877898343e-14],
  [4001, 9973, 672048, 0.3874575178283864],
  [4001, 9973, 1493439, 0.0006496873315131885],
  [4001, 9973, 2986878, 2.3130618194323493e-14],
  [10000, 150, 111050, 0.3744454208418993],
  [10000, 150, 246800, 0.0005788021475887577],
  [10000, 150, 493550, 9.513846401821136e-15],
]

describe('SciPy 1.17, exact', () => {
  // python: scipy.stats._stats_py._attempt_exact_2kssamp(n, m, gcd(n, m), gap / (n * m), "two-sided")
  test.each(SCIPY)('%i against %i values', (n, m, gap, p) => {
    expect(Math.abs(ksExact(n, m, gap) / p - 1)).toBeLessThan(1e-12)
  })
})

test('p of a million against a million values is at hand, and near the limiting one', () => {
  expect(ksExact(1_000_000, 1_000_000, 1_000_000 * 2000)).toBeCloseTo(kolmogorovSf(500_000, 2000 / 1_000_000), 4)
})

test('where p is approximate its error is stated, and it is no larger', () => {
  for (const [n, m] of [
    [500, 20_000],
    [10_001, 12_000],
    [200, 80_000],
  ] as const) {
    for (const z of [0.6, 1, 2, 4, 7]) {
      // Samples of ranks that differ by so much: the second one lacks as many small values.
      const d = z * Math.sqrt((n + m) / (n * m))
      const [a, b] = [range(n), Float64Array.from({ length: m }, (_, i) => ((i + d * m) / m) * n)]
      const { p, pError } = ksTwoSample(a, b)
      const exact = ksTwoSample(a, b, 'exact')
      expect(exact.pError).toBe(0)
      expect(Math.abs(p / exact.p - 1)).toBeLessThanOrEqual(pError)
    }
  }
  expect(ksTwoSample(range(11_000), range(12_000, 500)).pError).toBeGreaterThan(0)
})
