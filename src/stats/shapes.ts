import { normalSf } from './normal.ts'
import { normalQuantile } from './normalQuantile.ts'

/** A family of distributions that differ by place and width alone. */
export interface DistributionFamily {
  /** The share up to x, of the one at 0 with width 1. */
  cdf(x: number): number
  /** Its inverse; infinite where the share is at the end of what has no end. */
  quantile(share: number): number
}

/** The shapes that a distribution can be said to have: one line each. */
export const shapes = {
  normal: { cdf: (x) => normalSf(-x), quantile: normalQuantile },
  uniform: { cdf: (x) => Math.min(1, Math.max(0, x)), quantile: (share) => share },
} as const satisfies Record<string, DistributionFamily>
