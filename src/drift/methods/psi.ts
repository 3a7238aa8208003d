import { populationStability } from '../../stats/shareDistances.ts'
import { shareDistance } from '../shareDistance.ts'

/** The population stability index Σ (p - q) ln(p / q): under 0.1 is called stable, over 0.25 moved. */
export const psi = shareDistance({
  name: 'psi',
  divergence: true,
  unbounded: true,
  unit: 'PSI',
  effect: 'population stability index',
  limit: 0.1,
  most: Number.POSITIVE_INFINITY,
  distance: populationStability,
})
