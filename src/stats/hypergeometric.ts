import { binomialDensity } from './poisson.ts'

/** Probability of `k` marked among `drawn` of `all`, of which `marked` are. */
export function hypergeometric(k: number, all: number, marked: number, drawn: number): number {
  if (k < Math.max(0, drawn - (all - marked)) || k > Math.min(marked, drawn)) return 0
  const p = drawn / all
  if (p === 0 || p === 1) return 1
  return (
    (binomialDensity(k, marked, p, 1 - p) * binomialDensity(drawn - k, all - marked, p, 1 - p)) /
    binomialDensity(drawn, all, p, 1 - p)
  )
}

/** Probability of more than `k` marked ones. */
export function hypergeometricSf(k: number, all: number, marked: number, drawn: number): number {
  if (Number.isNaN(k + all + marked + drawn)) return Number.NaN
  let sum = 0
  for (let i = Math.min(marked, drawn); i > k; i--) sum += hypergeometric(i, all, marked, drawn)
  return Math.min(1, sum)
}
