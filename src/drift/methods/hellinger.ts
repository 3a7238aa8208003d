import { hellinger as distance } from '../../stats/shareDistances.ts'
import { shareDistance } from '../shareDistance.ts'

/** Hellinger's distance. */
export const hellinger = shareDistance({
  name: 'hellinger',
  unit: 'H',
  effect: "Hellinger's distance of the shares",
  limit: 0.1,
  most: 1,
  distance,
})
