import { meanGap } from './reliability.ts'
import type { Score } from './score.ts'

/** The part of the expected calibration error where the model is surer than it is right. */
export const overconfidence: Score = {
  name: 'overconfidence',
  reads: 'probabilities',
  better: 'lower',
  range: [0, 1],
  of: (answered, settings) => meanGap(answered, settings, (gap) => Math.max(0, gap)),
}
