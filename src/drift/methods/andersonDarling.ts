import { andersonDarling as test } from '../../stats/andersonDarling.ts'
import { overPlaces, summed } from '../overPlaces.ts'
import { sampleMethod } from '../sampleMethod.ts'

/**
 * Anderson and Darling: like Cramér and von Mises, with each squared difference over H (1 - H) for the pooled share H, so
 * that tails count as much as the middle. Bounds by a bootstrap over quantiles, approximate; p is that of Scholz and
 * Stephens' k-sample test (1987), which their table holds between 0.001 and 0.25.
 */
export const andersonDarling = sampleMethod({
  name: 'andersonDarling',
  unit: 'A',
  effect: 'root mean square difference of the cumulative shares, tails weighing as much as the middle',
  limit: 0.17,
  most: Math.sqrt(8 * Math.log(2) - 4),
  measure({ here, there }) {
    const distance = overPlaces(here, there, (places) =>
      Math.sqrt(
        summed(
          places,
          (f, g) => {
            const h = (f + g) / 2
            return h <= 0 || h >= 1 - 1e-12 ? 0 : (f - g) ** 2 / (h * (1 - h))
          },
          'rows',
        ),
      ),
    )
    return {
      effect: distance.estimate,
      error: distance.error,
      chance: { seen: distance.seen, alone: distance.chance },
      p: test([here, there]).p,
    }
  },
})
