import { labelScore } from './labelScore.ts'
import { meanOf } from './score.ts'
import type { Score } from './score.ts'

/** The mean of minus the logarithm of the share given to the right label; shares are held within 2.2e-16 of 0 and 1. */
export const logLoss: Score = {
  name: 'logLoss',
  reads: 'distribution',
  better: 'lower',
  range: [0, Number.POSITIVE_INFINITY],
  of: meanOf(({ truth, shares }, i) => {
    const share = labelScore(shares?.[i], String(truth[i])) ?? 0
    return -Math.log(Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, share)))
  }),
}
