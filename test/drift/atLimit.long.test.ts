import { expect, test } from 'vitest'
import type { DriftFinding } from '../../src/drift/finding.ts'
import { driftMethods } from '../../src/drift/index.ts'
import { shareFinding } from '../../src/drift/shareFinding.ts'
import { many, normal, random } from './data.ts'

const next = random(31)
const count = (rows: number, share: number) => many(rows, () => next()).filter((x) => x < share).length
const method = (name: string) => driftMethods.find((one) => one.name === name) as (typeof driftMethods)[number]
const words = (counts: readonly number[]) =>
  ({
    column: { name: 'x', type: 'string', native: 'VARCHAR' },
    rows: counts.reduce((sum, one) => sum + one, 0),
    missing: 0,
    values: { counts: { counts: new Map(counts.map((one, i) => [`w${i}`, one])), unreadable: 0 } },
  }) as const
/** Rows of each category, but for those without any. */
const drawn = (rows: number, shares: readonly number[]) => {
  const counts = shares.map(() => 0)
  for (let row = 0; row < rows; row++) {
    let left = next()
    const at = shares.findIndex((share) => (left -= share) < 0)
    const place = at < 0 ? shares.length - 1 : at
    counts[place] = (counts[place] as number) + 1
  }
  return words(counts)
}
const two = (rows: number, share: number) => drawn(rows, [share, 1 - share])
const numbers = (values: readonly number[]) =>
  ({
    column: { name: 'x', type: 'number', native: 'DOUBLE' },
    rows: values.length,
    missing: 0,
    values: { numbers: Float64Array.from(values) },
  }) as const

type Tests = Pick<DriftFinding, 'over' | 'under'>
const found = (comparison: ReturnType<ReturnType<typeof method>['compare']>, name: string): Tests => {
  if ('reason' in comparison) throw new Error(comparison.reason)
  return (comparison.findings ?? []).find((finding) => finding.name === name) as Tests
}
const missing = (n: number, m: number, p: number, q: number) =>
  shareFinding('missing', [count(n, p), n], [count(m, q), m])[0] as Tests
const odds = (n: number, m: number, p: number, q: number) =>
  found(method('cramersV').compare(two(n, p), two(m, q)), 'odds')
const compared = (name: string, here: ReturnType<typeof words>, there: ReturnType<typeof words>) =>
  method(name).compare(here, there) as Tests

/** Populations whose effect is the limit itself: by each either verdict is wrong. */
const cases: Readonly<Record<string, readonly [limit: number, draw: (n: number, m: number) => Tests | undefined]>> = {
  'V of 45 and 55 %': [0.1, (n, m) => compared('cramersV', two(n, 0.45), two(m, 0.55))],
  'V of a rare category': [0.1, (n, m) => compared('cramersV', two(n, 0.0589427), two(m, 0.02))],
  'V of four categories': [
    Math.sqrt((0.01 / 0.7 + 0.01 / 0.5) / 2),
    (n, m) => compared('cramersV', drawn(n, [0.3, 0.3, 0.2, 0.2]), drawn(m, [0.4, 0.2, 0.2, 0.2])),
  ],
  'L∞ of two categories': [0.1, (n, m) => compared('largestShare', two(n, 0.45), two(m, 0.55))],
  'L∞ of a new category': [0.1, (n, m) => compared('largestShare', drawn(n, [0.5, 0.4, 0.1]), drawn(m, [0.5, 0.5, 0]))],
  'L∞ of all categories': [
    0.1,
    (n, m) => compared('largestShare', drawn(n, [0.3, 0.2, 0.3, 0.2]), drawn(m, [0.2, 0.3, 0.2, 0.3])),
  ],
  'H of a new category': [0.1, (n, m) => compared('hellinger', two(n, 0.0199), two(m, 0))],
  'H of a lost category': [0.1, (n, m) => compared('hellinger', two(n, 0), two(m, 0.0199))],
  'JS of a new category': [0.1, (n, m) => compared('jensenShannon', two(n, 0.0199), two(m, 0))],
  'TV of a new category': [0.02, (n, m) => compared('totalVariation', two(n, 0.02), two(m, 0))],
  'BD of a new category': [0.01, (n, m) => compared('bhattacharyya', two(n, 0.0198), two(m, 0))],
  'missing 0 → 5 %': [0.05, (n, m) => missing(n, m, 0.05, 0)],
  'missing 50 → 55 %': [0.05, (n, m) => missing(n, m, 0.55, 0.5)],
  'missing 99 → 94 %': [0.05, (n, m) => missing(n, m, 0.94, 0.99)],
  '2 % outside the range': [
    0.02,
    (n, m) => {
      const reference = many(m, () => normal(next))
      const [low, high] = [Math.min(...reference), Math.max(...reference)]
      const here = many(n, () => (next() < 0.02 ? high + 1 : Math.max(low, Math.min(high, normal(next)))))
      return found(method('kolmogorovSmirnov').compare(numbers(here), numbers(reference)), 'unseen')
    },
  ],
  'odds of a rate 2 → 3.9 %': [2, (n, m) => odds(n, m, 0.04 / 1.02, 0.02)],
  'odds of a rate 9.5 → 5 %': [2, (n, m) => odds(n, m, 0.05, 0.1 / 1.05)],
  'odds of a rate 30 → 46 %': [2, (n, m) => odds(n, m, 0.6 / 1.3, 0.3)],
  '2 % of a new word': [
    0.02,
    (n, m) =>
      found(method('largestShare').compare(drawn(n, [0.4, 0.3, 0.28, 0.02]), drawn(m, [0.4, 0.3, 0.3, 0])), 'unseen'),
  ],
}
const sizes = [
  [50, 50],
  [50, 5000],
  [200, 200],
  [500, 5000],
  [1000, 1000],
] as const
const CALLS = 80
/** 5 % of the calls, and four standard deviations. */
const MOST = CALLS * 0.05 + 4 * Math.sqrt(CALLS * 0.05 * 0.95)

test.each(Object.entries(cases))(
  '%s is the limit: it fails, and passes, in 5 % of samples at most',
  (_, [limit, draw]) => {
    for (const [n, m] of sizes) {
      const wrong = { fails: 0, passes: 0 }
      for (let call = 0; call < CALLS; call++) {
        const tests = draw(n, m)
        if (tests === undefined) continue
        if (tests.over(limit) <= 0.05) wrong.fails++
        if (tests.under(limit) <= 0.05) wrong.passes++
      }
      expect(wrong.fails, `${n} × ${m} fails`).toBeLessThanOrEqual(MOST)
      expect(wrong.passes, `${n} × ${m}`).toBeLessThanOrEqual(MOST)
    }
  },
)
