import { meanGap } from './reliability.ts'
import type { Score } from './score.ts'

/** The part of the expected calibration error where the model is less sure than it is right. */
export const underconfidence: Score = {
  name: 'underconfidence',
  reads: 'probabilities',
  better: 'lower',
  range: [0, 1],
  of: (answered, settings) => meanGap(answered, settings, (gap) => Math.max(0, -gap)),
}
