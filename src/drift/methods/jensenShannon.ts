import { jensenShannon as distance } from '../../stats/shareDistances.ts'
import { shareDistance } from '../shareDistance.ts'

/** The root of Jensen and Shannon's divergence, base 2. */
export const jensenShannon = shareDistance({
  name: 'jensenShannon',
  unit: 'JS',
  effect: "Jensen and Shannon's distance, base 2",
  limit: 0.1,
  most: 1,
  distance,
})
