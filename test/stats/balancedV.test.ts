import { describe, expect, test } from 'vitest'
import { balancedV, balancedVDetectable, balancedVInterval, balancedVRows } from '../../src/stats/balancedV.ts'

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

describe('interval', () => {
  test('holds V, also for samples more alike than chance allows', () => {
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
    ] as const) {
      const found = balancedV(here, there)
      const [low, high] = balancedVInterval(found, 0.95)
      expect(low).toBeLessThanOrEqual(found.v)
      expect(high).toBeGreaterThanOrEqual(found.v)
      expect(high).toBeGreaterThan(0)
      expect(high).toBeLessThanOrEqual(1)
    }
  })

  test('starts at the limit when V is the least detectable one', () => {
    const found = balancedV([300, 100, 100], [2000, 1500, 1000])
    const v = balancedVDetectable(found, 0.1, 0.95)
    expect(balancedVInterval({ ...found, v }, 0.95)[0]).toBeCloseTo(0.1, 6)
  })

  test('excludes the limit from the promised number of rows on', () => {
    const rows = balancedVRows(0.2, 3, 0.1, 0.95) as number
    const at = (n: number) => balancedVInterval({ v: 0.2, df: 3, commonDf: 3, scale: 2 * n }, 0.95)[0]
    expect(at(rows)).toBeGreaterThan(0.1)
    expect(at(Math.floor(rows * 0.99))).toBeLessThanOrEqual(0.1)
    expect(balancedVRows(0.1, 3, 0.1, 0.95)).toBeUndefined()
  })
})
