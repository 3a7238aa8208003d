import { describe, expect, test } from 'vitest'
import { balancedV, debiasedV, spreadForV, vAtLeast, vAtMost, vDetectable } from '../../src/stats/balancedV.ts'

describe('V', () => {
  test('is 0 for equal shares, 1 for disjoint ones, whatever the sizes', () => {
    expect(balancedV([10, 20], [100, 200])).toMatchObject({ v: 0 })
    expect(balancedV([10, 0], [0, 3000]).v).toBe(1)
  })

  test('is the root of chi-square over all rows when the sides are of one size', () => {
    const statistic = 100 / 70 + 225 / 85 + 25 / 45
    const { v, df } = balancedV([30, 50, 20], [40, 35, 25])
    expect(v).toBeCloseTo(Math.sqrt(statistic / 200), 13)
    expect(df).toBe(2)
  })

  test('leaves out categories without rows', () => {
    expect(balancedV([5, 0, 7], [9, 0, 2])).toEqual(balancedV([5, 7], [9, 2]))
  })
})

describe('bounds', () => {
  test('V without what chance adds lies between them, also for samples more alike than chance allows', () => {
    for (const [here, there] of [
      [
        [50, 50],
        [500, 500],
      ],
      [
        [1, 2, 3],
        [30, 20, 10],
      ],
      [
        [900, 100],
        [500, 500],
      ],
      [[4], [9]],
      // Two thousand categories of ten rows each: V of the samples is 0.22, all of it noise.
      [Array.from({ length: 2000 }, (_, i) => 5 + (i % 11)), Array.from({ length: 2000 }, (_, i) => 5 + (i % 7))],
    ] as const) {
      const found = balancedV(here, there)
      const effect = debiasedV(found)
      expect(vAtMost(found, effect)).toBeGreaterThan(0.05)
      expect(vAtLeast(found, effect)).toBeGreaterThan(0.05)
      expect(vAtLeast(found, 1)).toBeLessThan(vAtLeast(found, effect) + 1e-9)
    }
  })

  test('the limit is just excluded when V is the least detectable one', () => {
    const found = balancedV([300, 100, 100], [2000, 1500, 1000])
    const least = vDetectable(found, 0.1, 0.05)
    const v = Math.sqrt(least ** 2 + found.df / found.scale)
    expect(vAtMost({ ...found, v }, 0.1)).toBeCloseTo(0.05, 6)
  })

  test('the promised number of rows passes nine times in ten when nothing moved', () => {
    const found = balancedV([300, 100, 100], [2000, 1500, 1000])
    const spread = spreadForV(found, 0.1, 0.05)
    const rows = 1 / (spread ** 2 - 1 / 4500)
    // chi-square with two degrees is under 4.605 nine times in ten.
    const seldom = (n: number) => {
      const scale = 4 / (1 / n + 1 / 4500)
      return vAtLeast({ ...found, scale, v: Math.sqrt(4.60517 / scale) }, 0.1)
    }
    expect(found.df).toBeCloseTo(2, 1)
    expect(seldom(rows * 1.02)).toBeLessThan(0.05)
    expect(seldom(rows * 0.95)).toBeGreaterThan(0.05)
  })

  test('a tiny limit costs no more than another', () => {
    const found = balancedV([300, 100, 100], [2000, 1500, 1000])
    expect(vAtMost(found, 1e-6)).toBeCloseTo(vAtMost(found, 0), 6)
    expect(spreadForV(found, 1e-6, 0.05)).toBeLessThan(1e-6)
    expect(vDetectable(found, 1e-9, 0.05)).toBeCloseTo(vDetectable(found, 0, 0.05), 6)
  })
})
