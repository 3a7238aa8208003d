import { totalVariation as distance } from '../../stats/shareDistances.ts'
import { shareDistance } from '../shareDistance.ts'

/** Total variation: the share of rows that would have to move. */
export const totalVariation = shareDistance({
  name: 'totalVariation',
  unit: 'TV',
  effect: 'share of rows that would have to move',
  limit: 0.1,
  most: 1,
  distance,
})
