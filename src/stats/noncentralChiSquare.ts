import { chiSquareSf, gammaP, gammaQ } from './gamma.ts'
import { normalSf } from './normal.ts'
import { deviance, poissonDensity } from './poisson.ts'

/** From this noncentrality on it is normal but for a skewness under 5e-5, and a sum over its Poisson weights takes too long. */
const NORMAL = 1e10
const standardized = (x: number, df: number, lambda: number): number =>
  (x - df - lambda) / Math.sqrt(2 * (df + 2 * lambda))

/**
 * Probability that a noncentral chi-square variable is at most x: a Poisson mixture of central ones, summed from the
 * top so that all terms are positive. 0 for x <= 0. Good to 1e-12, far tails included.
 */
export function noncentralChiSquareCdf(x: number, df: number, lambda: number): number {
  if (Number.isNaN(x + df + lambda)) return Number.NaN
  if (x <= 0 || lambda === Number.POSITIVE_INFINITY) return 0
  if (x === Number.POSITIVE_INFINITY) return 1
  if (lambda <= 0) return gammaP(df / 2, x / 2)
  if (lambda > NORMAL) return normalSf(-standardized(x, df, lambda))
  const [half, y] = [lambda / 2, x / 2]
  const { least, most } = partsThatCount({ half, df, y }, Math.min)
  let a = df / 2 + most
  let weight = density(most, half)
  let p = gammaP(a, y)
  let term = density(a, y)
  let sum = 0
  for (let j = most; ; j--) {
    sum += weight * p
    if (j === least) return Math.min(1, sum)
    weight = weight < 1e-280 ? density(j - 1, half) : (weight * j) / half
    // P(a - 1, y) = P(a, y) + y^(a - 1) e^-y / Γ(a)
    term = term < 1e-280 ? density(a - 1, y) : (term * a) / y
    a -= 1
    p = Math.min(1, p + term)
  }
}

/** Probability that a noncentral chi-square variable is larger than x, exact in its far tail. */
export function noncentralChiSquareSf(x: number, df: number, lambda: number): number {
  if (Number.isNaN(x + df + lambda)) return Number.NaN
  if (x <= 0) return 1
  if (x === Number.POSITIVE_INFINITY) return 0
  if (lambda === Number.POSITIVE_INFINITY) return 1
  if (lambda <= 0) return chiSquareSf(x, df)
  if (lambda > NORMAL) return normalSf(standardized(x, df, lambda))
  const [half, y] = [lambda / 2, x / 2]
  const { least, most } = partsThatCount({ half, df, y }, Math.max)
  let a = df / 2 + least
  let weight = density(least, half)
  let q = gammaQ(a, y)
  let term = density(a, y)
  let sum = 0
  for (let j = least; ; j++) {
    sum += weight * q
    if (j === most) return Math.min(1, sum)
    weight = weight < 1e-280 ? density(j + 1, half) : (weight * half) / (j + 1)
    // Q(a + 1, y) = Q(a, y) + y^a e^-y / Γ(a + 1)
    q = Math.min(1, q + term)
    a += 1
    term = term < 1e-280 ? density(a, y) : (term * y) / a
  }
}

/** What is under e^-52 of the largest part adds nothing. */
const NEGLIGIBLE = 52

/**
 * Which parts of the mixture count: around the largest one, which lies at the mode of the Poisson weights, or where those and
 * the tail of the central distribution meet. The logarithm of the parts is concave, so that they fall on both sides of it.
 */
function partsThatCount(
  { half, df, y }: { readonly half: number; readonly df: number; readonly y: number },
  ofTail: (...places: number[]) => number,
): { readonly least: number; readonly most: number } {
  // Where j (j + df / 2) = half y the weights fall as fast as the tail grows; written so that it keeps its digits.
  const meeting = (2 * half * y) / (df / 2 + Math.sqrt((df * df) / 4 + 4 * half * y))
  const mode = ofTail(half, meeting)
  const tail = (a: number): number => (ofTail(a, y) === a ? 0 : deviance(a, y))
  const height = (j: number): number => -(j === 0 ? half : deviance(j, half)) - tail(df / 2 + j)
  const enough = height(mode) - NEGLIGIBLE
  const step = Math.sqrt(mode + 1)
  let [least, most] = [Math.floor(mode), Math.ceil(mode) + 1]
  while (least > 0 && height(least) > enough) least = Math.max(0, Math.floor(least - step))
  while (height(most) > enough) most = Math.ceil(most + step)
  return { least, most }
}

/** y^a e^-y / Γ(a + 1), for a >= 0 too. */
const density = (a: number, y: number): number => (a <= 0 ? (a === 0 ? Math.exp(-y) : 0) : poissonDensity(a, y))

/** The noncentrality for which the value `x` is the quantile of `probability`; 0 when even the central one is beyond. */
export function noncentralityOf(x: number, df: number, probability: number): number {
  if (Number.isNaN(x + df + probability)) return Number.NaN
  if (noncentralChiSquareCdf(x, df, 0) <= probability) return 0
  return bisect((lambda) => noncentralChiSquareCdf(x, df, lambda) > probability, Math.max(1, x))
}

/** Quantile of the noncentral chi-square distribution: 0 of 0, infinite of 1. */
export function noncentralChiSquareQuantile(probability: number, df: number, lambda: number): number {
  if (Number.isNaN(probability + df + lambda)) return Number.NaN
  if (probability <= 0) return 0
  if (probability >= 1) return Number.POSITIVE_INFINITY
  return bisect((x) => noncentralChiSquareCdf(x, df, lambda) < probability, df + lambda + 1)
}

/** The least positive number at which `below` turns false. */
function bisect(below: (value: number) => boolean, start: number): number {
  let high = start
  while (below(high) && high < 1e300) high *= 2
  let low = 0
  for (let i = 0; i < 1200 && high - low > 1e-15 * high; i++) {
    const middle = (low + high) / 2
    if (below(middle)) low = middle
    else high = middle
  }
  return (low + high) / 2
}
