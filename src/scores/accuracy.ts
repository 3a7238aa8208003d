import { meanOf } from './score.ts'
import type { Score } from './score.ts'

/** The share of cases whose label is right. */
export const accuracy: Score = {
  name: 'accuracy',
  reads: 'labels',
  better: 'higher',
  range: [0, 1],
  of: meanOf(({ truth, answers }, i) => (truth[i] === answers[i] ? 1 : 0)),
}
