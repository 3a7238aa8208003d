import { meanDifference, momentsOf } from './moments.ts'

/**
 * Cohen's d of two samples, the difference of their means in standard deviations, with its standard error (Hedges and Olkin
 * 1985). `pooled` takes the deviation from the pooled variance, as Student's test does; else it is the root of the mean of
 * both variances, as for Welch's. The error takes the variance of a side to be that of both together at least: few rows that
 * happen to be alike show nothing of theirs. NaN for fewer than two values on a side, or where neither varies.
 */
export function cohensD(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  pooled = false,
): { readonly d: number; readonly error: number } {
  const [n, m] = [a.length, b.length]
  const [first, two] = [momentsOf(a), momentsOf(b)]
  const joint = ((n - 1) * first.variance + (m - 1) * two.variance) / (n + m - 2)
  const variance = pooled ? joint : (first.variance + two.variance) / 2
  const d = meanDifference(first, two) / Math.sqrt(variance)
  const means = pooled
    ? 1 / n + 1 / m
    : (Math.max(joint, first.variance) / n + Math.max(joint, two.variance) / m) / variance
  return { d, error: Math.sqrt(means + (d * d) / (2 * (n + m))) }
}
