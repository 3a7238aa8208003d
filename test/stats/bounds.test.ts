import { describe, expect, test } from 'vitest'
import { distanceAtLeast, distanceAtMost, spreadForDistance } from '../../src/stats/ksDistance.ts'
import { largestShareDifference, noneChangedBy, someChangedBy } from '../../src/stats/largestShare.ts'
import { seeded } from '../../src/stats/random.ts'
import {
  differenceAtMost,
  differenceBound,
  largerDifferenceAtLeast,
  worstDifferenceAtMost,
} from '../../src/stats/shareDifference.ts'
import { twoSharesTest, twoSharesV } from '../../src/stats/twoSharesV.ts'

/** Binomial probability, from the definition. */
function chance(k: number, n: number, p: number): number {
  let ways = 1
  for (let i = 0; i < k; i++) ways *= (n - i) / (i + 1)
  return ways * p ** k * (1 - p) ** (n - k)
}

/** The probability of a set of outcomes, by looking at all of them. */
function sum(n: number, m: number, p: number, q: number, holds: (a: number, b: number) => boolean): number {
  let total = 0
  for (let x = 0; x <= n; x++) {
    for (let y = 0; y <= m; y++) if (holds(x / n, y / m)) total += chance(x, n, p) * chance(y, m, q)
  }
  return total
}

describe('a difference of two shares', () => {
  test('has the probability that counting all outcomes gives', () => {
    for (const [n, m, p, q, d] of [
      [7, 11, 0.3, 0.5, -0.1],
      [20, 20, 0.55, 0.45, 0.05],
      [3, 40, 0.9, 0.1, 0.5],
      [5, 5, 0, 0.2, -0.2],
    ] as const) {
      const sizes = { n, m }
      const most = sum(n, m, p, q, (a, b) => a - b <= d + 1e-12)
      expect(differenceAtMost(sizes, { p, q }, d)).toBeCloseTo(most, 12)
      const far = sum(n, m, p, q, (a, b) => Math.abs(a - b) >= Math.abs(d) - 1e-12)
      expect(largerDifferenceAtLeast(0, sizes, { p, q }, Math.abs(d))).toBeCloseTo(far, 12)
    }
  })

  test('is at most what is said without summing, so that nothing larger is left out', () => {
    const next = seeded(31)
    for (let i = 0; i < 300; i++) {
      const sizes = { n: 1 + Math.floor(400 * next()), m: 1 + Math.floor(400 * next()) }
      const shares = { p: i % 10 === 0 ? 0 : next(), q: i % 15 === 0 ? 1 : next() }
      const d = 2 * next() - 1
      const exact = differenceAtMost(sizes, shares, d)
      expect(differenceBound(sizes, shares, d)).toBeGreaterThanOrEqual(exact * (1 - 1e-9) - 1e-15)
    }
    const sizes = { n: 300, m: 500 }
    const all = Array.from({ length: 61 }, (_, i) => {
      const q = (0.9 * i) / 60
      return differenceAtMost(sizes, { p: q + 0.1, q }, 0.04)
    })
    expect(worstDifferenceAtMost(sizes, 0.04, 0.1)).toBeCloseTo(Math.max(...all), 14)
  })

  test('sums and the normal distribution meet where one gives way to the other', () => {
    const near = worstDifferenceAtMost({ n: 9990, m: 9990 }, 0.088, 0.1)
    const far = worstDifferenceAtMost({ n: 10_010, m: 10_010 }, 0.088, 0.1)
    expect(far / near).toBeCloseTo(1, 1)
  })
})

test('V of two shares is tested by what counting all outcomes gives at worst', () => {
  const [n, m, limit] = [25, 40, 0.3]
  const seen = twoSharesV({ p: 18 / n, q: 12 / m })
  const { over, under } = twoSharesTest({ here: 18, there: 12 }, { n, m }, limit)
  let worst = 0
  for (let i = 0; i <= 60; i++) {
    const mean = 0.1 + (0.8 * i) / 60
    const half = limit * Math.sqrt(mean * (1 - mean))
    if (half > Math.min(mean, 1 - mean)) continue
    for (const shift of [half, -half]) {
      const v = (a: number, b: number) => twoSharesV({ p: a, q: b }) >= seen - 1e-12
      worst = Math.max(worst, sum(n, m, mean + shift, mean - shift, v))
    }
  }
  expect(over).toBeCloseTo(worst, 2)
  expect(under).toBe(1)
})

test('counts that happen to be equal, or nearly, are evidence of a small V as far as those of one population are', () => {
  for (const [here, there, n, m] of [
    [300, 300, 1000, 1000],
    [300, 300, 1000, 1001],
    [0, 0, 1000, 1000],
    [1000, 1000, 1000, 1000],
  ] as const) {
    const under = (limit: number) => twoSharesTest({ here, there }, { n, m }, limit).under
    // One way the chance of a V of 0 or less is that of a normal variable whose mean is the limit times sqrt(4nm / (n + m)).
    for (const limit of [1e-8, 0.001, 0.01]) expect(under(limit)).toBeGreaterThan(0.3)
    if (here === 300) expect(under(1.645 / Math.sqrt(2000))).toBeCloseTo(0.05, 2)
    expect(under(0.1)).toBeLessThan(0.001)
  }
})

describe('bounds', () => {
  const sizes = { n: 300, m: 700 }
  const counts = [
    [100, 250],
    [90, 200],
    [60, 150],
    [50, 100],
  ] as const
  const effect = largestShareDifference(counts, sizes)
  test.each([
    [
      'D',
      (limit: number) => distanceAtMost(sizes, 0.15, limit),
      (limit: number) => distanceAtLeast(sizes, 0.15, limit),
    ],
    [
      'L∞',
      (limit: number) => noneChangedBy(counts, sizes, effect, limit),
      (limit: number) => someChangedBy(counts, sizes, effect, limit),
    ],
    [
      'V',
      (limit: number) => twoSharesTest({ here: 150, there: 300 }, sizes, limit).over,
      (limit: number) => twoSharesTest({ here: 150, there: 300 }, sizes, limit).under,
    ],
  ] as const)('%s: a larger limit is never easier to exceed, nor harder to stay under', (_, over, under) => {
    const limits = Array.from({ length: 40 }, (__, i) => (i + 1) / 50)
    limits.slice(1).forEach((limit, i) => {
      expect(over(limit)).toBeGreaterThanOrEqual(over(limits[i] as number) * 0.98 - 1e-9)
      expect(under(limit)).toBeLessThanOrEqual(under(limits[i] as number) * 1.02 + 1e-4)
    })
    expect(over(0.8)).toBe(1)
    expect(under(0.8)).toBeLessThan(1e-3)
  })

  test('the rows that D needs are those of the measurement: 841 on each side, 418 beside 100,000', () => {
    const spread = spreadForDistance(0.1, 0.05)
    expect(2 / spread ** 2).toBeCloseTo(841, -1.5)
    expect(1 / (spread ** 2 - 1 / 100_000)).toBeCloseTo(418, -1)
  })
})

describe('at the limit each verdict is wrong in at most 5 % of samples', () => {
  const next = seeded(9)
  const draw = (rows: number, shares: readonly number[]) => {
    const counts = shares.map(() => 0)
    for (let i = 0; i < rows; i++) {
      let left = next()
      const at = shares.findIndex((share) => (left -= share) < 0)
      const place = at < 0 ? shares.length - 1 : at
      counts[place] = (counts[place] as number) + 1
    }
    return counts
  }
  const reps = 400
  // 5 % of 400 and four standard deviations.
  const most = 20 + 4 * Math.sqrt(20)
  type Verdict = (
    here: readonly number[],
    there: readonly number[],
    sizes: { n: number; m: number },
  ) => { over: number; under: number }
  const largest: Verdict = (here, there, sizes) => {
    const counts = here.map((count, i) => [count, there[i] as number] as const)
    const d = largestShareDifference(counts, sizes)
    return { over: noneChangedBy(counts, sizes, d, 0.1), under: someChangedBy(counts, sizes, d, 0.1) }
  }
  const distance: Verdict = (here, there, { n, m }) => {
    let [a, b, d] = [0, 0, 0]
    here.forEach((count, i) => {
      a += count / n
      b += (there[i] as number) / m
      d = Math.max(d, Math.abs(a - b))
    })
    return { over: distanceAtMost({ n, m }, d, 0.1), under: distanceAtLeast({ n, m }, d, 0.1) }
  }
  const two: Verdict = (here, there, sizes) =>
    twoSharesTest({ here: here[0] as number, there: there[0] as number }, sizes, 0.1)
  const flat = Array.from({ length: 100 }, () => 0.01)
  test.each<[string, Verdict, readonly number[], readonly number[]]>([
    ['D, two values', distance, [0.55, 0.45], [0.45, 0.55]],
    [
      'D, a tenth moved to the top',
      distance,
      [...flat.slice(10), 0.1],
      [...flat.slice(0, 90), 0.1].map((_, i) => (i < 90 ? 0.01 : 0.1)),
    ],
    ['L∞, two values', largest, [0.55, 0.45], [0.45, 0.55]],
    ['L∞, a new value', largest, [0.5, 0.4, 0.1], [0.55, 0.45, 0]],
    ['V, two values', two, [0.55, 0.45], [0.45, 0.55]],
  ])('%s', (_, verdict, p, q) => {
    const [n, m] = [60, 240]
    const wrong = { fail: 0, pass: 0 }
    for (let i = 0; i < reps; i++) {
      const { over, under } = verdict(draw(n, p), draw(m, q), { n, m })
      if (over <= 0.05) wrong.fail++
      if (under <= 0.05) wrong.pass++
    }
    expect(wrong.fail, 'fails').toBeLessThanOrEqual(most)
    expect(wrong.pass, 'passes').toBeLessThanOrEqual(most)
  })
})
