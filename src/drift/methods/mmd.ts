import { meanDistance, meanVector } from '../../stats/meanDistance.ts'
import { meanPermutation, medianDistance, randomFeatures } from '../../stats/randomFeatures.ts'
import { aroundOne, type VectorRows } from '../../stats/vectorRows.ts'
import type { DriftMethod } from '../drift.ts'
import { vectorMethod } from '../vectors/vectorMethod.ts'
import { haveVectors } from '../vectors/vectors.ts'

/**
 * Maximum mean discrepancy (Gretton et al. 2012) of the Gaussian kernel, as wide as the median distance of two vectors of the
 * reference, by 128 random frequencies: the distance of the means of all smooth functions of the vectors, so that spread and
 * shape are seen as well. p is that of 199 shuffles.
 */
export const mmd: DriftMethod = vectorMethod({
  name: 'mmd',
  unit: 'MMD',
  effect: 'maximum mean discrepancy: distance of the means in the space of a Gaussian kernel',
  limit: 0.1,
  most: Math.SQRT2,
  suits: haveVectors,
  measure(current, reference) {
    const bandwidth = medianDistance(reference)
    if (!(bandwidth > 0)) return 'no spread in the reference, so its distances have no unit'
    const [here, there] = aroundOne(current, reference).map((rows) => randomFeatures(rows, bandwidth)) as [
      VectorRows,
      VectorRows,
    ]
    return {
      distance: meanDistance(meanVector(here), meanVector(there)),
      unitOf: (value) => value,
      distanceOf: (effect) => effect,
      p: meanPermutation(here, there),
    }
  },
})
