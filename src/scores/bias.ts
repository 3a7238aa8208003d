import { meanOf } from './score.ts'
import type { Score } from './score.ts'

const meanError = meanOf(({ truth, answers }, i) => Number(answers[i]) - Number(truth[i]))

/** How far answers lie from the right numbers on average, where too high and too low make up for each other: either way. */
export const bias: Score = {
  name: 'bias',
  reads: 'numbers',
  better: 'lower',
  range: [0, Number.POSITIVE_INFINITY],
  of: (answered, settings) => Math.abs(meanError(answered, settings)),
}
