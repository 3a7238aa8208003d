import { lnGamma } from './lnGamma.ts'

const HALF_LN_2PI = 0.91893853320467274178

/**
 * The error of Stirling's formula: ln n! - (n + 1/2) ln n + n - ln(2π)/2, for n > 0. The part of a factorial that is
 * left when the large terms have cancelled on paper (Loader 2000, "Fast and accurate computation of binomial
 * probabilities").
 */
function stirlingError(n: number): number {
  if (n < 15) return lnGamma(n + 1) - (n + 0.5) * Math.log(n) + n - HALF_LN_2PI
  const s = 1 / (n * n)
  return (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - (s * 691) / 360360))))) / n
}

/** x ln(x / m) + m - x without cancellation, for x and m > 0: how unlikely x is around the mean m. */
export function deviance(x: number, m: number): number {
  const difference = x - m
  if (!(Math.abs(difference) < 0.1 * (x + m))) return x * Math.log(x / m) - difference
  const v = difference / (x + m)
  let sum = difference * v
  let term = 2 * x * v
  for (let j = 1; ; j++) {
    term *= v * v
    const next = sum + term / (2 * j + 1)
    if (next === sum) return sum
    sum = next
  }
}

/** x^a e^-x / Γ(a + 1) for a > 0 and x > 0: the Poisson probability of a when x is expected. */
export function poissonDensity(a: number, x: number): number {
  return Math.exp(-stirlingError(a) - deviance(a, x)) / Math.sqrt(2 * Math.PI * a)
}

/** Binomial probability of k successes in n trials with chance p; `q` is 1 - p, given apart so that it keeps its digits. */
export function binomialDensity(k: number, n: number, p: number, q: number): number {
  return successesAndFailures(k, n - k, p, q)
}

/** The same of k successes and l failures, which need not be whole numbers: a small one keeps its digits beside a large one. */
export function successesAndFailures(k: number, l: number, p: number, q: number): number {
  const n = k + l
  if (k === 0) return Math.exp(n * Math.log1p(-p))
  if (l === 0) return Math.exp(n * Math.log1p(-q))
  const exponent = stirlingError(n) - stirlingError(k) - stirlingError(l) - deviance(k, n * p) - deviance(l, n * q)
  return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * k * l))
}
