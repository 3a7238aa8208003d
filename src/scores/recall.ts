import { averaged, ofCounts } from './fBeta.ts'
import type { Score } from './score.ts'

/** Of the cases for which a label is right, the share given it. Of one label (`positive`) or averaged. */
export const recall: Score = {
  name: 'recall',
  reads: 'labels',
  better: 'higher',
  range: [0, 1],
  of: (answered, settings) => averaged(answered, settings, ofCounts.recall),
}
