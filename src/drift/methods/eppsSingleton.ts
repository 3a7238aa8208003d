import { eppsSingleton as test } from '../../stats/eppsSingleton.ts'
import { chiSquareScale } from '../chiSquareScale.ts'
import { sampleMethod } from '../sampleMethod.ts'

/**
 * Epps and Singleton: how far the characteristic functions lie apart at two points, in their own standard deviations, less
 * what chance adds; 0.25 for a mean that moves by about a quarter of a standard deviation. Bounds by the noncentral
 * chi-square distribution, p by the test (1986). Not for columns half of whose numbers are one.
 */
export const eppsSingleton = sampleMethod({
  name: 'eppsSingleton',
  unit: 'ES',
  effect: 'distance of the characteristic functions in their standard deviations',
  limit: 0.25,
  most: Number.POSITIVE_INFINITY,
  measure({ here, there }) {
    const [n, m] = [here.length, there.length]
    const { statistic, p } = test(here, there)
    if (Number.isNaN(statistic)) return { effect: Number.NaN, error: 0, p }
    return { ...chiSquareScale({ statistic, df: 4 }, (n * m) / (n + m), 1), error: 0, p }
  },
})
