import type { Bounds } from '../checks/bounds.ts'

/** What sums of up to a million weights or costs are rounded by, in parts of the limit. */
const ROUNDED = 1e-10

/** Whether a value made of sums is a limit but for rounding. */
export const isAt = (value: number, limit: number): boolean => Math.abs(value - limit) <= ROUNDED * Math.abs(limit)

/**
 * A value made of sums of weights, as the limit that it is but for rounding. A share of all or of none is not rounded: what
 * lies beside it is another.
 */
export const atLimit = (value: number, bounds: Bounds): number =>
  (Object.values(bounds) as number[]).find((limit) => limit !== 1 && isAt(value, limit)) ?? value
