import { expect, test } from 'vitest'
import { holm } from '../../src/stats/holm.ts'

test('the smallest p counts for all, the next for all but one, and none gets below one before it', () => {
  const expected = [0.03, 0.06, 0.06, 0.02]
  holm([0.01, 0.04, 0.03, 0.005]).forEach((p, i) => {
    expect(p).toBeCloseTo(expected[i] as number, 12)
  })
})

test('an adjusted p is at most 1, and no hypotheses give none', () => {
  expect(holm([0.9, 0.8])).toEqual([1, 1])
  expect(holm([])).toEqual([])
})
