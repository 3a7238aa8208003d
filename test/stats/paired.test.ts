import { expect, test } from 'vitest'
import { betaI } from '../../src/stats/beta.ts'
import { clopperPearson } from '../../src/stats/clopperPearson.ts'
import { mcNemar, pairedDifference } from '../../src/stats/mcNemar.ts'
import { seeded } from '../../src/stats/random.ts'
import fixtures from '../fixtures/scores/scipy.json' with { type: 'json' }

test.each(fixtures.beta)('the incomplete beta function is that of SciPy at %s, %s, %s', (a, b, x, value) => {
  expect(Math.abs(betaI(a as number, b as number, x as number) - (value as number))).toBeLessThan(1e-12)
})

test.each(fixtures.clopperPearson)('the exact interval of %s of %s is that of SciPy', (k, n, low, high) => {
  const [least, most] = clopperPearson(k as number, n as number)
  expect(Math.abs(least - (low as number))).toBeLessThan(1e-10)
  expect(Math.abs(most - (high as number))).toBeLessThan(1e-10)
})

test.each(fixtures.mcNemar)('the exact test of %s broken and %s fixed is that of SciPy', (broke, fixed, p) => {
  expect(Math.abs(mcNemar(broke as number, fixed as number) - (p as number))).toBeLessThan(1e-12)
})

test('the interval of the difference leaves out 0 exactly where the test does', () => {
  for (let broke = 0; broke <= 30; broke++)
    for (let fixed = 0; fixed <= 30; fixed++) {
      const [low, high] = pairedDifference(broke, fixed, 500, 0.95)
      expect(low > 0 || high < 0, `${broke} ${fixed}`).toBe(mcNemar(broke, fixed) < 0.05)
    }
})

test('the exact interval covers the true share at least as often as it says', () => {
  const random = seeded(5)
  for (const share of [0.02, 0.5, 0.9]) {
    let covered = 0
    for (let time = 0; time < 2000; time++) {
      let passed = 0
      for (let i = 0; i < 30; i++) if (random() < share) passed++
      const [low, high] = clopperPearson(passed, 30)
      if (low <= share && share <= high) covered++
    }
    expect(covered / 2000).toBeGreaterThan(0.94)
  }
})
