import { averaged, ofCounts } from './fBeta.ts'
import type { Score } from './score.ts'

/** The F score: between precision and recall, with recall worth `beta` times as much (default once). */
export const f1: Score = {
  name: 'f1',
  reads: 'labels',
  better: 'higher',
  range: [0, 1],
  of: (answered, settings) => averaged(answered, settings, ofCounts.fBeta),
}
