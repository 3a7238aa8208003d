import { cramerVonMises as test } from '../../stats/cramerVonMises.ts'
import { overPlaces, summed } from '../overPlaces.ts'
import { sampleMethod } from '../sampleMethod.ts'

/**
 * Cramér and von Mises: the root mean square of the difference of the cumulative shares, over the values of both sides,
 * each side weighing the same. Where D looks at the largest difference, this looks at all. Bounds by a bootstrap over
 * quantiles, approximate; p is that of the two-sample test (Anderson 1962).
 */
export const cramerVonMises = sampleMethod({
  name: 'cramerVonMises',
  unit: 'ω',
  effect: 'root mean square difference of the cumulative shares',
  limit: 0.07,
  most: Math.sqrt(1 / 3),
  measure({ here, there }) {
    const distance = overPlaces(here, there, (places) => Math.sqrt(summed(places, (f, g) => (f - g) ** 2, 'rows')))
    return {
      effect: distance.estimate,
      error: distance.error,
      chance: { seen: distance.seen, alone: distance.chance },
      p: test(here, there).p,
    }
  },
})
