import { meanGap } from './reliability.ts'
import type { Score } from './score.ts'

/** The expected calibration error (Naeini et al. 2015): how far the share given to the answer, or to `positive`, lies from how often that is right, over bins of one width (default ten), weighted by their cases. */
export const ece: Score = {
  name: 'ece',
  reads: 'probabilities',
  better: 'lower',
  range: [0, 1],
  of: (answered, settings) => meanGap(answered, settings, Math.abs),
}
