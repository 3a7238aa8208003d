import { binomialDensity } from './poisson.ts'

/** The probabilities of a binomial variable where they matter: `mass[i]` is that of `from + i`. */
export interface BinomialMass {
  readonly from: number
  readonly mass: Float64Array
}

/** Below this share of the largest probability nothing is kept. */
const NEGLIGIBLE = 1e-16

/** Lists for what is computed often and not kept: making one takes as long as filling it. */
export const scratch = (): Float64Array => new Float64Array(2048)

/**
 * The probabilities of `n` trials with chance `p`, from the mode outwards by their ratio; good to about 1e-13. In `within`,
 * where they have room there, until that is used again.
 */
export function binomialMass(n: number, p: number, within?: Float64Array): BinomialMass {
  if (p <= 0 || p >= 1) return { from: p <= 0 ? 0 : n, mass: Float64Array.of(1) }
  const mode = Math.min(n, Math.floor((n + 1) * p))
  const top = binomialDensity(mode, n, p, 1 - p)
  const [odds, against] = [p / (1 - p), (1 - p) / p]
  const least = top * NEGLIGIBLE
  // Nine standard deviations, and more where few successes are expected.
  const room = Math.ceil(9.5 * Math.sqrt(n * p * (1 - p)) + 40)
  const [low, high] = [Math.max(0, mode - room), Math.min(n, mode + room)]
  const mass = listOf(high - low + 1, within).fill(0)
  mass[mode - low] = top
  for (let k = mode, value = top; k < high && value > least; k++) {
    value *= ((n - k) / (k + 1)) * odds
    mass[k + 1 - low] = value
  }
  for (let k = mode, value = top; k > low && value > least; k--) {
    value *= (k / (n - k + 1)) * against
    mass[k - 1 - low] = value
  }
  return { from: low, mass }
}

function listOf(length: number, within: Float64Array | undefined): Float64Array {
  return within && length <= within.length ? within.subarray(0, length) : new Float64Array(length)
}

/** `sums[i]` is the probability of at most `from + i`; in `within`, where they have room there, until that is used again. */
export function cumulated({ mass }: BinomialMass, within?: Float64Array): Float64Array {
  const sums = listOf(mass.length, within)
  let sum = 0
  for (let i = 0; i < mass.length; i++) {
    sum += mass[i] as number
    sums[i] = sum
  }
  return sums
}
