import { expect, test } from 'vitest'
import { seeded } from '../../src/stats/random.ts'
import { likelierRate } from '../../src/stats/sequentialRatio.ts'

/** Looks after every trial until one is sure. */
function verdictOf(chance: number, rates: Parameters<typeof likelierRate>[1], random: () => number) {
  let passed = 0
  for (let tested = 1; ; tested++) {
    if (random() < chance) passed++
    const verdict = likelierRate({ passed, tested }, rates)
    if (verdict) return { verdict, tested }
  }
}

test('the boundaries are those of the ratio of likelihoods', () => {
  const rates = { low: 0.5, high: 0.9, alpha: 0.05 }
  // 1.8 per success: (1.8)^5 = 18.9 and (1.8)^6 = 34.0, about 19; 0.2 per failure: 0.2^2 = 1/25.
  expect(likelierRate({ passed: 5, tested: 5 }, rates)).toBeUndefined()
  expect(likelierRate({ passed: 6, tested: 6 }, rates)).toBe('high')
  expect(likelierRate({ passed: 0, tested: 1 }, rates)).toBeUndefined()
  expect(likelierRate({ passed: 0, tested: 2 }, rates)).toBe('low')
  expect(likelierRate({ passed: 0, tested: 0 }, rates)).toBeUndefined()
})

test('each is wrong no more often than it says, and takes the trials that Wald gives', () => {
  const random = seeded(11)
  const [runs, low, high, alpha] = [4000, 0.8, 0.9, 0.05]
  const count = (chance: number) => Array.from({ length: runs }, () => verdictOf(chance, { low, high, alpha }, random))
  const [below, above] = [count(low), count(high)]
  const most = alpha + 3 * Math.sqrt((alpha * (1 - alpha)) / runs)
  expect(below.filter(({ verdict }) => verdict === 'high').length / runs).toBeLessThan(most)
  expect(above.filter(({ verdict }) => verdict === 'low').length / runs).toBeLessThan(most)
  // The expected number of trials at `high`, but for what the last one oversteps.
  const drift = high * Math.log(high / low) + (1 - high) * Math.log((1 - high) / (1 - low))
  const least = ((1 - alpha) * Math.log((1 - alpha) / alpha) + alpha * Math.log(alpha / (1 - alpha))) / drift
  const mean = above.reduce((sum, { tested }) => sum + tested, 0) / runs
  expect(mean).toBeGreaterThan(least)
  expect(mean).toBeLessThan(least * 1.2)
})
