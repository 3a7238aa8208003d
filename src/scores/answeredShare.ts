import { meanOf } from './score.ts'
import type { Score } from './score.ts'

/** The share of cases that the model answers: all but those it gives the label `abstain`. */
export const answeredShare: Score = {
  name: 'answeredShare',
  reads: 'labels',
  better: 'higher',
  range: [0, 1],
  needs: 'abstain',
  of: meanOf(({ answers }, i, { abstain }) => (answers[i] === abstain ? 0 : 1)),
}
