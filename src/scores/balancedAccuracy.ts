import { byLabel, confusion } from './confusion.ts'
import { mean } from './score.ts'
import type { Score } from './score.ts'

/** The mean of the recalls of all labels that are right somewhere. */
export const balancedAccuracy: Score = {
  name: 'balancedAccuracy',
  reads: 'labels',
  better: 'higher',
  range: [0, 1],
  of: (answered) =>
    mean(byLabel(confusion(answered)).flatMap(({ both, right }) => (right === 0 ? [] : [both / right]))),
}
