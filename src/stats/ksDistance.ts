import { normalQuantile } from './normalQuantile.ts'
import { type Sizes, worstDifferenceAtMost } from './shareDifference.ts'

/** How much the difference of two samples of these sizes varies at most: sqrt(1/n + 1/m). */
const spread = ({ n, m }: Sizes): number => Math.sqrt(1 / n + 1 / m)

/**
 * p of "the populations' Kolmogorov-Smirnov distance is at most `limit`" when that of the samples is `d`. Free of the
 * distribution: among those whose distance is `limit` the samples' is largest for G = max(F - limit, 0), where its
 * tail on each side is under exp(-2 x² nm / (n + m)) (Dvoretzky, Kiefer and Wolfowitz; Massart 1990; of two samples Wei
 * and Dudley 2012). Ties make it larger than it need be.
 */
export function distanceAtMost(sizes: Sizes, d: number, limit: number): number {
  if (d <= limit) return 1
  return Math.min(1, 2 * Math.exp(-2 * ((d - limit) / spread(sizes)) ** 2))
}

/**
 * p of "the populations' distance is `limit` or more" when that of the samples is `d`. The populations differ by their
 * distance at some value, and there the samples differ by `d` at most: a difference of two binomial shares, so looking
 * everywhere costs nothing.
 */
export function distanceAtLeast(sizes: Sizes, d: number, limit: number): number {
  return worstDifferenceAtMost(sizes, d, limit)
}

/** How far over the limit the distance of the samples must be for drift at this level. */
export function distanceMargin(sizes: Sizes, level: number): number {
  return Math.sqrt(Math.log(2 / level) / 2) * spread(sizes)
}

/** The value that the distance of two samples of one population, over their spread, stays under nine times in ten. */
const NINE_IN_TEN = 1.2239

/** sqrt(1/n + 1/m) of samples that pass at the limit nine times in ten when nothing moved. */
export function spreadForDistance(limit: number, level: number): number {
  return limit / (NINE_IN_TEN + normalQuantile(1 - level) / 2)
}
