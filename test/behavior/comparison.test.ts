import { expect, test } from 'vitest'
import { type Aim, verdictOf } from '../../src/behavior/comparison/comparison.ts'

test.for([
  // an interval, what is asked of it by which margin, and the verdict
  [[0, 0.02], 'no worse', 0, 'pass'],
  [[-0.01, 0.02], 'no worse', 0, 'inconclusive'],
  [[-0.01, 0], 'no worse', 0, 'inconclusive'],
  [[-0.03, -0.01], 'no worse', 0, 'fail'],
  [[-0.01, 0.02], 'no worse', 0.01, 'pass'],
  [[-0.011, 0.02], 'no worse', 0.01, 'inconclusive'],
  [[-0.03, -0.01], 'no worse', 0.01, 'inconclusive'],
  [[-0.03, -0.011], 'no worse', 0.01, 'fail'],
  [[0, 0], 'no worse', 0.01, 'pass'],
  [[0.001, 0.02], 'better', 0, 'pass'],
  [[0, 0.02], 'better', 0, 'inconclusive'],
  [[-0.02, 0], 'better', 0, 'fail'],
  [[0, 0], 'better', 0, 'fail'],
  [[0.011, 0.04], 'better', 0.01, 'pass'],
  [[0.01, 0.04], 'better', 0.01, 'inconclusive'],
  [[0.001, 0.04], 'better', 0.01, 'inconclusive'],
  [[0.001, 0.01], 'better', 0.01, 'fail'],
  // The model is better by less than it should be, as far as was seen.
  [[-0.03, 0.04], 'better', 0.01, 'fail'],
] as const)('%j is %s by a margin of %d: %s', ([interval, aim, margin, verdict]) => {
  const value = (interval[0] + interval[1]) / 2
  expect(verdictOf({ value, interval }, aim satisfies Aim, margin)).toBe(verdict)
})
