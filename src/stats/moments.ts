import { pairwiseSum } from './pairwiseSum.ts'

/** Mean and variance of a sample. */
export interface Moments {
  /** As a double, to which the mean of large numbers of small spread is rounded. */
  readonly mean: number
  /** By how much the mean is above that. */
  readonly rest: number
  /** With n - 1; NaN of fewer than two values. */
  readonly variance: number
}

/**
 * Mean and variance in two passes, the second around the mean itself, not what it is rounded to (the corrected two-pass
 * algorithm of Chan, Golub and LeVeque 1983). The variance of equal values is 0, however their mean is rounded.
 */
export function momentsOf(sample: ArrayLike<number>): Moments {
  const n = sample.length
  let alike = 1
  while (alike < n && sample[alike] === sample[0]) alike++
  if (n > 1 && alike === n) return { mean: sample[0] as number, rest: 0, variance: 0 }
  const mean = pairwiseSum(sample) / n
  const steps = new Float64Array(n)
  for (let i = 0; i < n; i++) steps[i] = (sample[i] as number) - mean
  const rest = pairwiseSum(steps) / n
  for (let i = 0; i < n; i++) steps[i] = ((steps[i] as number) - rest) ** 2
  return { mean, rest, variance: pairwiseSum(steps) / (n - 1) }
}

/** How much the first mean is above the second. */
export const meanDifference = (a: Moments, b: Moments): number => a.mean - b.mean + (a.rest - b.rest)
