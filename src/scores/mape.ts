import { meanOf } from './score.ts'
import type { Score } from './score.ts'

/** The mean distance from the right number, as a share of it; of 2.2e-16 where that is 0. */
export const mape: Score = {
  name: 'mape',
  reads: 'numbers',
  better: 'lower',
  range: [0, Number.POSITIVE_INFINITY],
  of: meanOf(
    ({ truth, answers }, i) =>
      Math.abs(Number(answers[i]) - Number(truth[i])) / (Math.abs(Number(truth[i])) || Number.EPSILON),
  ),
}
