import { cohensD } from '../../stats/cohensD.ts'
import { tTest } from '../../stats/tTest.ts'
import { sampleMethod } from '../sampleMethod.ts'

/**
 * The difference of the means in standard deviations (Cohen's d, by the mean of both variances); p is that of Welch's test.
 * It sees means alone. Bounds by the normal distribution, approximate where few rows hold most of the spread.
 */
export const welch = sampleMethod({
  name: 'welch',
  unit: 'd',
  effect: 'difference of the means in standard deviations (Cohen)',
  limit: 0.25,
  most: Number.POSITIVE_INFINITY,
  measure({ here, there }) {
    const { d, error } = cohensD(here, there)
    return { effect: Math.abs(d), error, p: tTest(here, there).p }
  },
})
