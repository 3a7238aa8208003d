import { binomialMass } from './binomialMass.ts'

/** Probability of `k` successes or more in `n` trials. */
export function binomialAtLeast(k: number, n: number, p: number): number {
  if (k <= 0) return 1
  const { from, mass } = binomialMass(n, p)
  let sum = 0
  for (let i = mass.length - 1; i >= 0 && from + i >= k; i--) sum += mass[i] as number
  return Math.min(1, sum)
}

/** Probability of `k` successes or fewer in `n` trials. */
export const binomialAtMost = (k: number, n: number, p: number): number => binomialAtLeast(n - k, n, 1 - p)
