import { boxOf, MISSED, points } from './largestShare.ts'
import { oddsAtLeast } from './oddsRatio.ts'
import { differenceAtMost, type Sizes } from './shareDifference.ts'

/** A change of a share to speak of: its odds at least so many times as large or as small, and itself by so much. */
interface Change {
  readonly odds: number
  readonly share: number
}

/**
 * p of "the share changed by `least` or more, either way", when `here` of n rows and `there` of m have it. Where the odds
 * are what counts, given how many rows of both sides have it (Fisher 1935); of rarer ones, where the change itself does, the
 * largest probability of one as small as that of the samples, over the shares that are consistent with the reference (Berger
 * and Boos 1994).
 */
export function shareChangedBy(here: number, there: number, { n, m }: Sizes, least: Change): number {
  const both = (here + there) / (n + m)
  if (Math.min(both, 1 - both) * (1 - 1 / least.odds) > 1.5 * least.share)
    return Math.max(oddsAtLeast(here, n, there, m, least.odds), oddsAtLeast(there, m, here, n, least.odds))
  const d = here / n - there / m
  const [, reference] = boxOf(here, there, { n, m }, 2 * MISSED)
  let largest = 0
  for (const q of points(reference[0], reference[1])) {
    const grown = Math.max(q + least.share, (q * least.odds) / (1 - q + q * least.odds))
    const fallen = Math.min(q - least.share, q / (q + (1 - q) * least.odds))
    if (grown <= 1) largest = Math.max(largest, differenceAtMost({ n, m }, { p: grown, q }, d))
    // P(X/n - Y/m >= d) = P(Y/m - X/n <= -d)
    if (fallen >= 0) largest = Math.max(largest, differenceAtMost({ n: m, m: n }, { p: q, q: fallen }, -d))
  }
  return Math.min(1, largest + MISSED)
}
