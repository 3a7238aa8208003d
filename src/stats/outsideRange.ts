import { binomialAtLeast, binomialAtMost } from './binomialTail.ts'

/**
 * p of "at most `limit` of the current population lies outside the range of a sample of `m`, but for what chance leaves
 * there", when `k` of `n` rows do. What a sample of m leaves outside is a Beta(2, m - 1) variable, whatever the
 * distribution (Wilks 1941); the two chances are added, for the split that makes them least.
 */
export function outsideAtMost(k: number, n: number, m: number, limit: number): number {
  let least = 1
  for (let left = 0.25 / m; left < Math.min(1, 60 / m); left *= 1.35) {
    const range = (1 - left) ** m + m * left * (1 - left) ** (m - 1)
    if (range < least) least = Math.min(least, range + binomialAtLeast(k, n, Math.min(1, left + limit)))
  }
  return least
}

/** p of "`limit` of the current population or more lies outside the range of the sample", when `k` of `n` rows do: exact. */
export const outsideAtLeast = (k: number, n: number, limit: number): number => binomialAtMost(k, n, limit)
