import { byLabel, confusion } from './confusion.ts'
import type { Score } from './score.ts'

/** Cohen's kappa: agreement beyond what the frequencies of the labels alone would give. NaN where only one label is there. */
export const kappa: Score = {
  name: 'kappa',
  reads: 'labels',
  better: 'higher',
  range: [-1, 1],
  of: (answered) => {
    const table = byLabel(confusion(answered))
    const n = answered.truth.length
    const seen = table.reduce((sum, { both }) => sum + both, 0) / n
    const chance = table.reduce((sum, { right, predicted }) => sum + right * predicted, 0) / n ** 2
    return chance === 1 ? Number.NaN : (seen - chance) / (1 - chance)
  },
}
