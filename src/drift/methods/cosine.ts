import { directionOf, meanDistance, meanVector } from '../../stats/meanDistance.ts'
import type { DriftMethod } from '../drift.ts'
import { vectorMethod } from '../vectors/vectorMethod.ts'

/** 1 less the cosine of the angle between the mean vectors: half the squared distance of their directions. */
export const cosine: DriftMethod = vectorMethod({
  name: 'cosine',
  unit: '1 − cos',
  effect: '1 less the cosine of the angle between the mean vectors',
  limit: 0.05,
  most: 2,
  measure(current, reference) {
    const sides = [meanVector(current), meanVector(reference)] as const
    const directions = [directionOf(sides[0]), directionOf(sides[1])] as const
    // The error of a direction is that of a mean that lies well away from zero.
    if (directions.some(({ length }, i) => !(length ** 2 > 4 * (sides[i] as (typeof sides)[0]).trace)))
      return 'a mean vector so near to zero that it has no direction'
    const distance = meanDistance(...directions)
    return {
      distance,
      unitOf: (value) => value ** 2 / 2,
      distanceOf: (effect) => Math.sqrt(2 * effect),
      p: distance.over(0),
    }
  },
})
