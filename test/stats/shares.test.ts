import { expect, test } from 'vitest'
import { newcombe } from '../../src/stats/newcombe.ts'
import { bhattacharyya, hellinger } from '../../src/stats/shareDistances.ts'

test("the interval of a difference of shares is that of Newcombe's paper: 56 of 70 against 48 of 80", () => {
  const [low, high] = newcombe(56, 70, 48, 80)
  expect(low).toBeCloseTo(0.0524, 4)
  expect(high).toBeCloseTo(0.3339, 4)
})

test("Bhattacharyya's distance follows from Hellinger's, and is infinite for disjoint shares", () => {
  const [p, q] = [
    [0.2, 0.5, 0.3],
    [0.4, 0.4, 0.2],
  ]
  expect(bhattacharyya(p as number[], q as number[])).toBeCloseTo(
    -Math.log(1 - hellinger(p as number[], q as number[]) ** 2),
    12,
  )
  expect(bhattacharyya([1, 0], [0, 1])).toBe(Number.POSITIVE_INFINITY)
})
