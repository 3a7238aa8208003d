import { mean } from './score.ts'
import type { Score } from './score.ts'

/** The share of the variance that is explained; below 0 for answers worse than the mean. NaN for fewer than two cases, and where all right numbers are one. */
export const r2: Score = {
  name: 'r2',
  reads: 'numbers',
  better: 'higher',
  range: [Number.NEGATIVE_INFINITY, 1],
  of: ({ truth, answers }) => {
    const numbers = truth.map(Number)
    const middle = mean(numbers)
    const left = numbers.reduce((sum, own, i) => sum + (own - Number(answers[i])) ** 2, 0)
    const spread = numbers.reduce((sum, own) => sum + (own - middle) ** 2, 0)
    return numbers.length < 2 || spread === 0 ? Number.NaN : 1 - left / spread
  },
}
