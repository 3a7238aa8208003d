import { meanOf } from './score.ts'
import type { Score } from './score.ts'

/** The loss of a quantile that is predicted: distances above it count `quantile` (default 0.5), those below it the rest. */
export const pinball: Score = {
  name: 'pinball',
  reads: 'numbers',
  better: 'lower',
  range: [0, Number.POSITIVE_INFINITY],
  of: meanOf(({ truth, answers }, i, { quantile }) => {
    const above = Number(truth[i]) - Number(answers[i])
    return above >= 0 ? quantile * above : (quantile - 1) * above
  }),
}
