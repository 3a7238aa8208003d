import { meanOf } from './score.ts'
import type { Score } from './score.ts'

const squared = meanOf(({ truth, answers }, i) => (Number(answers[i]) - Number(truth[i])) ** 2)

/** The root of the mean squared distance from the right number. */
export const rmse: Score = {
  name: 'rmse',
  reads: 'numbers',
  better: 'lower',
  range: [0, Number.POSITIVE_INFINITY],
  of: (answered, settings) => Math.sqrt(squared(answered, settings)),
}
