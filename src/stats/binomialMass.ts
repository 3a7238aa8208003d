import { binomialDensity } from './poisson.ts'

/** The probabilities of a binomial variable where they matter: `mass[i]` is that of `from + i`. */
export interface BinomialMass {
  readonly from: number
  readonly mass: Float64Array
}

/** Below this share of the largest probability nothing is kept. */
const NEGLIGIBLE = 1e-16

/** The probabilities of `n` trials with chance `p`, from the mode outwards by their ratio; good to about 1e-13. */
export function binomialMass(n: number, p: number): BinomialMass {
  if (p <= 0 || p >= 1) return { from: p <= 0 ? 0 : n, mass: Float64Array.of(1) }
  const mode = Math.min(n, Math.floor((n + 1) * p))
  const top = binomialDensity(mode, n, p, 1 - p)
  const [odds, against] = [p / (1 - p), (1 - p) / p]
  const least = top * NEGLIGIBLE
  // Nine standard deviations, and more where few successes are expected.
  const room = Math.ceil(9.5 * Math.sqrt(n * p * (1 - p)) + 40)
  const [low, high] = [Math.max(0, mode - room), Math.min(n, mode + room)]
  const mass = new Float64Array(high - low + 1)
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

/** `sums[i]` is the probability of at most `from + i`. */
export function cumulated({ mass }: BinomialMass): Float64Array {
  const sums = new Float64Array(mass.length)
  let sum = 0
  for (let i = 0; i < mass.length; i++) {
    sum += mass[i] as number
    sums[i] = sum
  }
  return sums
}
