import { expect, test } from 'vitest'
import { betaI } from '../../src/stats/beta.ts'
import { clopperPearson } from '../../src/stats/clopperPearson.ts'
import { mcNemar, pairedDifference, tango } from '../../src/stats/mcNemar.ts'
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

test.each(fixtures.tango)(
  'the score interval of %s broken and %s fixed of %s is that of a search of the likelihood',
  (broke, fixed, n, low, high) => {
    const [least, most] = tango(broke as number, fixed as number, n as number, 0.95)
    expect(Math.abs(least - (low as number))).toBeLessThan(1e-6)
    expect(Math.abs(most - (high as number))).toBeLessThan(1e-6)
  },
)

test('a release that is worse by the margin passes no more often than is said, whatever its cases', () => {
  const logs = [0]
  for (let i = 1; i <= 60; i++) logs.push((logs[i - 1] as number) + Math.log(i))
  const mass = (n: number, broke: number, fixed: number, b: number, f: number): number =>
    Math.exp(
      (logs[n] as number) -
        (logs[broke] as number) -
        (logs[fixed] as number) -
        (logs[n - broke - fixed] as number) +
        broke * Math.log(b) +
        (fixed === 0 ? 0 : fixed * Math.log(f)) +
        (n - broke - fixed) * Math.log(1 - b - f),
    )
  for (const n of [20, 60])
    for (const margin of [0.05, 0.1])
      for (const f of [0, 0.05, 0.2]) {
        let wrongly = 0
        // Where nothing broke it passes: that is said.
        for (let broke = 1; broke <= n; broke++)
          for (let fixed = 0; broke + fixed <= n; fixed++) {
            if (f === 0 && fixed > 0) continue
            if (pairedDifference(broke, fixed, n, 0.95)[0] >= -margin) wrongly += mass(n, broke, fixed, f + margin, f)
          }
        expect(wrongly, `${n} ${margin} ${f}`).toBeLessThan(0.04)
      }
})
