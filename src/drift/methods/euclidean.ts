import { type MeanVector, meanDistance, meanVector } from '../../stats/meanDistance.ts'
import { aroundOne } from '../../stats/vectorRows.ts'
import type { DriftMethod } from '../drift.ts'
import { vectorMethod } from '../vectors/vectorMethod.ts'

/** The Euclidean distance of the mean vectors, in the reference's distance of a vector from its mean (root mean square). */
export const euclidean: DriftMethod = vectorMethod({
  name: 'euclidean',
  unit: '‖Δ‖/σ',
  effect: 'distance of the mean vectors, in root mean square distances of a vector from the mean',
  limit: 0.25,
  most: Number.POSITIVE_INFINITY,
  measure(current, reference) {
    const [here, there] = aroundOne(current, reference).map((rows) => meanVector(rows)) as [MeanVector, MeanVector]
    const sigma = Math.sqrt(there.trace * reference.rows)
    if (!(sigma > 0)) return 'no spread in the reference, so its distances have no unit'
    const distance = meanDistance(here, there)
    return {
      distance,
      unitOf: (value) => value / sigma,
      distanceOf: (effect) => effect * sigma,
      p: distance.over(0),
    }
  },
})
