import { bhattacharyya as distance } from '../../stats/shareDistances.ts'
import { shareDistance } from '../shareDistance.ts'

/** Bhattacharyya's distance -ln Σ √(pq): where it is small, the square of Hellinger's. */
export const bhattacharyya = shareDistance({
  name: 'bhattacharyya',
  divergence: true,
  unit: 'BD',
  effect: "Bhattacharyya's distance",
  limit: 0.01,
  most: Number.POSITIVE_INFINITY,
  distance,
})
