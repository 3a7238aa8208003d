import { betaI } from './beta.ts'

/** Probability of `k` successes or more in `n` trials, to the last digits of its tail (an incomplete beta function). */
export function binomialAtLeast(k: number, n: number, p: number): number {
  return k <= 0 ? 1 : k > n ? 0 : betaI(k, n - k + 1, p, 1 - p)
}

/** Probability of `k` successes or fewer in `n` trials. */
export function binomialAtMost(k: number, n: number, p: number): number {
  return k >= n ? 1 : k < 0 ? 0 : betaI(n - k, k + 1, 1 - p, p)
}
