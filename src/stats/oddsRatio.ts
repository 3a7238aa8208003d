/** Odds ratio of two shares with half a row added to each cell (Haldane 1956), so that it is finite. */
export function smoothedOdds(here: number, n: number, there: number, m: number): number {
  return ((here + 0.5) * (m - there + 0.5)) / ((there + 0.5) * (n - here + 0.5))
}

/**
 * p of "the odds ratio is at most `limit`" when `here` of n rows and `there` of m are of a category: exact, given how
 * many are in both together, by the noncentral hypergeometric distribution (Fisher 1935).
 */
export function oddsAtMost(here: number, n: number, there: number, m: number, limit: number): number {
  const both = here + there
  const [low, high] = [Math.max(0, both - m), Math.min(n, both)]
  // Ratio of the probabilities of k + 1 and k.
  const ratio = (k: number) => ((n - k) * (both - k) * limit) / ((k + 1) * (m - both + k + 1))
  let mode = Math.min(high, Math.max(low, here))
  while (mode < high && ratio(mode) > 1) mode++
  while (mode > low && ratio(mode - 1) < 1) mode--
  let [total, beyond] = [1, mode >= here ? 1 : 0]
  for (let k = mode, weight = 1; k < high && weight > 1e-18; k++) {
    weight *= ratio(k)
    total += weight
    if (k + 1 >= here) beyond += weight
  }
  for (let k = mode, weight = 1; k > low && weight > 1e-18; k--) {
    weight /= ratio(k - 1)
    total += weight
    if (k - 1 >= here) beyond += weight
  }
  return beyond / total
}

/** p of "the odds ratio is at least `limit`" when `here` of n rows and `there` of m are of a category: exact, as above. */
export function oddsAtLeast(here: number, n: number, there: number, m: number, limit: number): number {
  // Of the rows that are not of it the ratio is the reciprocal.
  return oddsAtMost(n - here, n, m - there, m, 1 / limit)
}
