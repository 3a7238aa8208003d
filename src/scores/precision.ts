import { averaged, ofCounts } from './fBeta.ts'
import type { Score } from './score.ts'

/** Of the cases given a label, the share for which it is right. Of one label (`positive`) or averaged. */
export const precision: Score = {
  name: 'precision',
  reads: 'labels',
  better: 'higher',
  range: [0, 1],
  of: (answered, settings) => averaged(answered, settings, ofCounts.precision),
}
