import { cramerVonMises } from '../stats/cramerVonMises.ts'
import { energyDistance } from '../stats/orderDistances.ts'
import { overPlaces, summed } from './overPlaces.ts'
import { sampleMethod } from './sampleMethod.ts'

/**
 * The energy distance sqrt(2 ∫ (F - G)²) (Székely 2002) over the root of the reference's standard deviation, so that it has
 * no unit. Bounds by a bootstrap over 400 quantiles of each side, approximate; p is that of Cramér and von Mises.
 */
export const energy = sampleMethod({
  name: 'energy',
  unit: 'E/√σ',
  effect: 'energy distance, for a standard deviation of 1 in the reference',
  limit: 0.2,
  most: Number.POSITIVE_INFINITY,
  measure({ here, there, sigma }) {
    const effect = energyDistance({ values: here }, { values: there }) / Math.sqrt(sigma)
    const { bias, error } = overPlaces(here, there, (places) =>
      Math.sqrt((2 * summed(places, (f, g) => (f - g) ** 2, 'width')) / sigma),
    )
    return { effect: Math.max(0, effect - Math.max(0, bias)), error, p: cramerVonMises(here, there).p }
  },
})
