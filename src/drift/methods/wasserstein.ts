import { ksTwoSample } from '../../stats/ksTwoSample.ts'
import { wasserstein as distanceOf } from '../../stats/orderDistances.ts'
import { spreadOf } from '../approximately.ts'
import { overPlaces, summed } from '../overPlaces.ts'
import { sampleMethod } from '../sampleMethod.ts'

/**
 * Wasserstein's distance W1 in standard deviations of the reference: how far values moved on average, tails included. Its
 * bounds come from a bootstrap over 400 quantiles of each side, so they are approximate; p is that of Kolmogorov and Smirnov.
 */
export const wasserstein = sampleMethod({
  name: 'wasserstein',
  unit: 'W1/σ',
  effect: 'area between the distribution functions, in standard deviations of the reference',
  limit: 0.25,
  most: Number.POSITIVE_INFINITY,
  measure({ here, there, sigma }) {
    const effect = distanceOf({ values: here }, { values: there }) / sigma
    const { bias, chance, error } = overPlaces(
      here,
      there,
      (places) => summed(places, (f, g) => Math.abs(f - g), 'width') / sigma,
    )
    // A mean that moves by a deviation moves it by as much.
    const farther = spreadOf(here.length, there.length)
    return {
      effect: Math.max(0, effect - Math.max(0, bias)),
      error,
      chance: { seen: effect, alone: chance },
      farther,
      p: ksTwoSample(here, there).p,
    }
  },
})
