import { meanOf, type Score } from './score.ts'
import { difference, differenceUnit } from './squarable.ts'

/** The root of the mean squared distance from the right number. */
export const rmse: Score = {
  name: 'rmse',
  reads: 'numbers',
  better: 'lower',
  range: [0, Number.POSITIVE_INFINITY],
  of(answered, settings) {
    const unit = differenceUnit(answered)
    const squared = meanOf(({ truth, answers }, i) => difference(Number(answers[i]), Number(truth[i]), unit) ** 2)
    return Math.sqrt(squared(answered, settings)) / unit
  },
}
