import { reliability } from './reliability.ts'
import type { Score } from './score.ts'

/** The maximum calibration error: the same distance in the bin where it is greatest, however few cases it has. */
export const mce: Score = {
  name: 'mce',
  reads: 'probabilities',
  better: 'lower',
  range: [0, 1],
  of: (answered, settings) => {
    const filled = reliability(answered, settings).filter(({ cases }) => cases > 0)
    return filled.length === 0
      ? Number.NaN
      : Math.max(...filled.map(({ confidence, accuracy }) => Math.abs(confidence - accuracy)))
  },
}
