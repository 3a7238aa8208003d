import { chernoffInterval, chernoffTail } from './chernoff.ts'
import { normalSf } from './normal.ts'
import { normalQuantile } from './normalQuantile.ts'
import {
  largerDifferenceAtLeast,
  largerDifferenceAtMost,
  type Sizes,
  worstDifferenceAtMost,
} from './shareDifference.ts'

/** Rows of one category on both sides. */
type Count = readonly [here: number, there: number]

/** The largest difference of the shares of a category: L∞ of the two lists of shares, between 0 and 1. */
export function largestShareDifference(counts: readonly Count[], { n, m }: Sizes): number {
  return counts.reduce((most, [here, there]) => Math.max(most, Math.abs(here / n - there / m)), 0)
}

/** What the bound of the shares may miss (Berger and Boos 1994, "P values maximized over a confidence set"). */
export const MISSED = 1e-5
const POINTS = 16

/**
 * p of "some category changed by `delta` or more" when the largest change of the samples is `d`. The sample's largest
 * change is at least that of the category that changed most, a difference of two binomial shares, so neither the number
 * of categories nor their choice counts. Largest over the shares that are consistent with what was seen.
 */
export function someChangedBy(counts: readonly Count[], sizes: Sizes, d: number, delta: number): number {
  if (delta <= d) return 1
  // Less than this adds nothing to what the box may miss.
  let largest = MISSED / 100
  // A category that was seen on neither side may be there too.
  for (const [here, there] of [...counts, [0, 0] as const]) {
    const [p, q] = boxOf(here, there, sizes, 10 * MISSED)
    for (const sign of [1, -1]) {
      const [low, high] = [Math.max(q[0], p[0] - sign * delta), Math.min(q[1], p[1] - sign * delta)]
      if (low > high) continue
      for (const share of points(low, high)) {
        const other = Math.min(1, Math.max(0, share + sign * delta))
        largest =
          sign > 0
            ? largerDifferenceAtMost(largest, sizes, { p: other, q: share }, d)
            : largerDifferenceAtMost(largest, { n: sizes.m, m: sizes.n }, { p: share, q: other }, d)
      }
    }
  }
  return Math.min(1, worstDifferenceAtMost(sizes, d, delta), largest + 10 * MISSED)
}

/**
 * p of "no category changed by more than `delta`" when the largest change of the samples is `d`: the sum over the
 * categories of the largest probability of a change of `d`, over the shares that are consistent with what was seen, or over
 * all shares where that is less than what these may miss.
 */
export function noneChangedBy(
  counts: readonly Count[],
  sizes: Sizes,
  d: number,
  delta: number,
  missed = MISSED,
): number {
  const anywhere = counts.length * changedAnywhere(sizes, d, delta)
  return anywhere <= missed ? anywhere : noneChangedInBox(counts, sizes, d, delta, missed)
}

/** p of "a share changed by at most `delta`" when it changed by `d` in the samples, whatever it is (Hoeffding 1963). */
export function changedAnywhere({ n, m }: Sizes, d: number, delta: number): number {
  return d <= delta ? 1 : Math.min(1, 2 * Math.exp((-2 * (d - delta) ** 2) / (1 / n + 1 / m)))
}

/** The same, `missed` at least. */
export function noneChangedInBox(
  counts: readonly Count[],
  sizes: Sizes,
  d: number,
  delta: number,
  missed = MISSED,
): number {
  if (d <= delta) return 1
  const { n, m } = sizes
  let sum = missed
  for (const [here, there] of counts) {
    const [p, q] = boxOf(here, there, sizes, missed / counts.length)
    const bound = chernoffTail(n, p[1], d) + chernoffTail(m, q[1], d)
    if (bound < missed / counts.length) {
      sum += bound
      continue
    }
    let largest = 0
    for (const share of points(q[0], q[1])) {
      for (const other of [Math.min(share + delta, p[1]), Math.max(share - delta, p[0])]) {
        // Where the box lies beyond the limit there is nothing to look at on this side of it.
        if (Math.abs(other - share) > delta + 1e-12 || other < 0 || other > 1) continue
        largest = largerDifferenceAtLeast(largest, sizes, { p: other, q: share }, d)
      }
    }
    sum += largest
    if (sum >= 1) return 1
  }
  return sum
}

type Range = readonly [number, number]

/** The shares of both populations that are consistent with what was seen, but for what `missed` says. */
export function boxOf(here: number, there: number, { n, m }: Sizes, missed: number): readonly [Range, Range] {
  return [chernoffInterval(here, n, missed / 2), chernoffInterval(there, m, missed / 2)]
}

/** Shares between two, both included. */
export function points(low: number, high: number): readonly number[] {
  if (high - low < 1e-9) return [low]
  return Array.from({ length: POINTS + 1 }, (_, i) => low + ((high - low) * i) / POINTS)
}

/**
 * sqrt(1/n + 1/m) of samples whose largest change, when nothing moved, passes at the limit nine times in ten: about, by
 * the normal distribution, with the categories' shares in both samples together.
 */
export function spreadForLargestShare(counts: readonly Count[], { n, m }: Sizes, limit: number, level: number): number {
  const spreads = counts
    .map(([here, there]) => (here + there) / (n + m))
    .map((share) => Math.sqrt(share * (1 - share)))
    .filter((spread) => spread > 0)
  // The change that the largest of them stays under nine times in ten, over sqrt(1/n + 1/m).
  let [low, high] = [0, 5]
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2
    if (spreads.reduce((sum, spread) => sum + 2 * normalSf(middle / spread), 0) > 0.1) low = middle
    else high = middle
  }
  return limit / (high + normalQuantile(1 - level) / 2)
}

/** p of "the share grew by at most `delta`" when `here` of n rows and `there` of m have it: exact, one-sided. */
export function grownByAtMost([here, there]: Count, sizes: Sizes, delta: number): number {
  const { n, m } = sizes
  const d = here / n - there / m
  const anywhere = changedAnywhere(sizes, d, delta)
  if (d <= delta || anywhere <= MISSED) return anywhere
  const [p, q] = boxOf(here, there, sizes, MISSED)
  let largest = 0
  for (const share of points(q[0], q[1])) {
    const other = Math.min(share + delta, p[1])
    if (other < p[0]) continue
    // P(X/n - Y/m >= d) = P(Y/m - X/n <= -d)
    largest = largerDifferenceAtMost(largest, { n: m, m: n }, { p: share, q: other }, -d)
  }
  return Math.min(1, largest + MISSED)
}
