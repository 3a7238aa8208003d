import { type Alternative, tailOf } from './alternative.ts'
import { meanDifference, momentsOf } from './moments.ts'
import { tSf } from './studentT.ts'

/** Result of a t-test. */
export interface TTest {
  readonly statistic: number
  readonly df: number
  readonly p: number
}

/**
 * Whether two samples have one mean: Welch's test (1947), or Student's with pooled variance; two-sided, or one-sided in
 * the mean of the first. NaN where a sample has fewer than two values or both are constant and equal; infinite where they are
 * constant and differ.
 */
export function tTest(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  pooled = false,
  alternative: Alternative = 'two-sided',
): TTest {
  const [first, two] = [momentsOf(a), momentsOf(b)]
  const [n, m] = [a.length, b.length]
  const [v, w] = [first.variance / n, two.variance / m]
  const joint = ((n - 1) * first.variance + (m - 1) * two.variance) / (n + m - 2)
  const df = pooled ? n + m - 2 : (v + w) ** 2 / ((v * v) / (n - 1) + (w * w) / (m - 1))
  const statistic = meanDifference(first, two) / Math.sqrt(pooled ? joint * (1 / n + 1 / m) : v + w)
  return { statistic, df, p: tailOf(statistic, (t) => tailAt(t, df), alternative) }
}

/** Constant samples that differ have no degrees of freedom to speak of. */
const tailAt = (t: number, df: number): number => (Number.isFinite(t) ? tSf(t, df) : t > 0 ? 0 : 1)
