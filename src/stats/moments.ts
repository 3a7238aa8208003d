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

/** Values whose distances from one of them are summed up together, before the sums are. */
const BLOCK = 128
/** Squares of how many deviations the mean may lie from that value: beyond, what is summed up hides the variance. */
const NEAR = 100

/**
 * Mean and variance. Sums are of how far values lie from the middle one (of sorted ones the median, which no mean is further
 * from than a deviation); where the mean lies far from that, two passes tell more. The variance of equal values is 0,
 * however their mean is rounded.
 */
export function momentsOf(sample: ArrayLike<number>): Moments {
  const n = sample.length
  const pivot = sample[n >> 1] as number
  const [sums, squares] = [new Float64Array(Math.ceil(n / BLOCK)), new Float64Array(Math.ceil(n / BLOCK))]
  for (let block = 0; block < sums.length; block++) {
    const end = Math.min(n, (block + 1) * BLOCK)
    let [sum, square] = [0, 0]
    for (let i = block * BLOCK; i < end; i++) {
      const distance = (sample[i] as number) - pivot
      sum += distance
      square += distance * distance
    }
    sums[block] = sum
    squares[block] = square
  }
  const all = pairwiseSum(sums)
  const shift = all / n
  const variance = (pairwiseSum(squares) - all * shift) / (n - 1)
  if (!(shift * shift <= NEAR * variance) || !Number.isFinite(variance)) return inTwoPasses(sample)
  const mean = pivot + shift
  return { mean, rest: pivot - mean + shift, variance }
}

/** The second pass is around the mean itself, not what it is rounded to (the corrected two-pass algorithm of Chan, Golub and LeVeque 1983). */
function inTwoPasses(sample: ArrayLike<number>): Moments {
  const n = sample.length
  const mean = pairwiseSum(sample) / n
  const steps = Float64Array.from(sample, (value) => value - mean)
  const rest = pairwiseSum(steps) / n
  for (let i = 0; i < n; i++) steps[i] = ((steps[i] as number) - rest) ** 2
  return { mean, rest, variance: pairwiseSum(steps) / (n - 1) }
}

/** How much the first mean is above the second. */
export const meanDifference = (a: Moments, b: Moments): number => a.mean - b.mean + (a.rest - b.rest)
