import { kullbackLeibler as distance } from '../../stats/shareDistances.ts'
import { shareDistance } from '../shareDistance.ts'

/** Kullback and Leibler's divergence of the current shares as seen from the reference, in nats. */
export const kullbackLeibler = shareDistance({
  name: 'kullbackLeibler',
  divergence: true,
  unbounded: true,
  unit: 'KL',
  effect: "Kullback and Leibler's divergence from the reference",
  limit: 0.1,
  most: Number.POSITIVE_INFINITY,
  distance,
})
