import { cramerVonMises } from '../../stats/cramerVonMises.ts'
import { energyDistance } from '../../stats/orderDistances.ts'
import { spreadOf } from '../approximately.ts'
import { overPlaces, summed } from '../overPlaces.ts'
import { sampleMethod } from '../sampleMethod.ts'

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
    const { bias, chance, error } = overPlaces(here, there, (places) =>
      Math.sqrt((2 * summed(places, (f, g) => (f - g) ** 2, 'width')) / sigma),
    )
    // A mean of normal values that moves a little moves it by 3/4 of that: (4π)^-1/4 √2.
    const farther = 0.75 * spreadOf(here.length, there.length)
    return {
      effect: Math.max(0, effect - Math.max(0, bias)),
      error,
      chance: { seen: effect, alone: chance },
      farther,
      p: cramerVonMises(here, there).p,
    }
  },
})
