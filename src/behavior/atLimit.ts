import type { Bounds } from '../checks/bounds.ts'

/** What sums of up to a million weights are rounded by, in parts of the limit. */
const ROUNDED = 1e-10

/**
 * A value made of sums of weights, as the limit that it is but for rounding. A share of all or of none is not rounded: what
 * lies beside it is another.
 */
export const atLimit = (value: number, bounds: Bounds): number =>
  (Object.values(bounds) as number[]).find(
    (limit) => limit !== 1 && Math.abs(value - limit) <= ROUNDED * Math.abs(limit),
  ) ?? value
