import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { disparity } from '../../src/scores/fairness/disparity.ts'
import { fairness, type FairnessName } from '../../src/scores/fairness/index.ts'
import type { FairnessGroup } from '../../src/scores/fairness/measure.ts'
import { seeded } from '../../src/stats/random.ts'

interface Fixture {
  readonly truth: readonly number[]
  readonly said: readonly number[]
  readonly group: readonly number[]
  readonly measures: Readonly<Record<FairnessName, number>>
}
const fixtures = JSON.parse(
  readFileSync(new URL('../fixtures/scores/fairness.json', import.meta.url), 'utf8'),
) as Fixture[]

const share = (count: number, of: number) => ({ count, of, cases: of })

const groupsOf = ({ truth, said, group }: Omit<Fixture, 'measures'>): FairnessGroup[] =>
  [...new Set(group)].map((name) => {
    const own = group.flatMap((one, i) => (one === name ? [i] : []))
    const count = (holds: (i: number) => boolean): number => own.filter(holds).length
    return {
      name: String(name),
      cases: own.length,
      selected: share(
        count((i) => said[i] === 1),
        own.length,
      ),
      truePositives: share(
        count((i) => truth[i] === 1 && said[i] === 1),
        count((i) => truth[i] === 1),
      ),
      falsePositives: share(
        count((i) => truth[i] === 0 && said[i] === 1),
        count((i) => truth[i] === 0),
      ),
    }
  })

test.each(
  fixtures.flatMap((fixture, i) =>
    Object.entries(fixture.measures).map(([name, value]) => ({ name, value, i, fixture })),
  ),
)('$name of table $i is what fairlearn says, and lies in its interval', ({ name, value, fixture }) => {
  const found = disparity(fairness[name as FairnessName], groupsOf(fixture), 0.95)
  expect(Math.abs(found.value - value)).toBeLessThanOrEqual(1e-12)
  expect(found.interval[0]).toBeLessThanOrEqual(value)
  expect(found.interval[1]).toBeGreaterThanOrEqual(value)
})

test('every measure stands in the tables', () => {
  for (const { measures } of fixtures) expect(Object.keys(measures).sort()).toEqual(Object.keys(fairness).sort())
})

describe('the interval', () => {
  const group = (name: string, cases: number, selected: number): FairnessGroup => ({
    name,
    cases,
    selected: share(selected, cases),
    truePositives: share(0, 0),
    falsePositives: share(selected, cases),
  })

  test.each([
    { sizes: [60, 60], rates: [0.5, 0.5] },
    { sizes: [30, 300], rates: [0.2, 0.4] },
    { sizes: [80, 50, 120], rates: [0.5, 0.55, 0.6] },
    { sizes: [40, 40, 40, 40, 40], rates: [0.1, 0.1, 0.1, 0.1, 0.1] },
  ])('holds the true measure in at least 95 of 100 samples of $sizes cases with rates $rates', ({ sizes, rates }) => {
    const random = seeded(5)
    const draws = 1000
    const truths = {
      demographicParity: Math.max(...rates) - Math.min(...rates),
      demographicParityRatio: Math.min(...rates) / Math.max(...rates),
    }
    const missed = { demographicParity: 0, demographicParityRatio: 0 }
    for (let i = 0; i < draws; i++) {
      const groups = sizes.map((size, g) => {
        let selected = 0
        for (let k = 0; k < size; k++) if (random() < (rates[g] as number)) selected++
        return group(String(g), size, selected)
      })
      for (const name of ['demographicParity', 'demographicParityRatio'] as const) {
        const [low, high] = disparity(fairness[name], groups, 0.95).interval
        if (truths[name] < low - 1e-12 || truths[name] > high + 1e-12) missed[name]++
      }
    }
    // Three standard errors of a share of 5 % of 1,000 draws.
    expect(missed.demographicParity).toBeLessThanOrEqual(71)
    expect(missed.demographicParityRatio).toBeLessThanOrEqual(71)
  })

  test('is wide for few cases, and whole for a group without any', () => {
    const [low, high] = disparity(fairness.demographicParity, [group('a', 5, 3), group('b', 5, 3)], 0.95).interval
    expect(low).toBe(0)
    expect(high).toBeGreaterThan(0.4)
    const none = disparity(fairness.equalOpportunity, [group('a', 50, 3), group('b', 50, 3)], 0.95)
    expect(none.value).toBeNaN()
    expect(none.interval).toEqual([0, 1])
  })
})

test('of several rates each has its part of what may be wrong', () => {
  const group = (name: string, truePositives: number): FairnessGroup => ({
    name,
    cases: 1_000_040,
    selected: share(truePositives, 1_000_040),
    truePositives: share(truePositives, 40),
    falsePositives: share(0, 1_000_000),
  })
  const groups = [group('a', 30), group('b', 20)]
  // The other rate is 0 of a million in both: it moves no bound.
  const both = disparity(fairness.equalizedOdds, groups, 0.9)
  const alone = disparity(fairness.equalOpportunity, groups, 0.95)
  expect(both.value).toBe(0.25)
  expect(both.interval[0]).toBeCloseTo(alone.interval[0], 12)
  expect(both.interval[1]).toBeCloseTo(alone.interval[1], 12)
  expect(both.interval[1]).toBeGreaterThan(disparity(fairness.equalOpportunity, groups, 0.9).interval[1])
})
