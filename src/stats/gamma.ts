import { poissonDensity } from './poisson.ts'

/** Regularized lower incomplete gamma function P(a, x), for a > 0; 0 for x <= 0, NaN for NaN. */
export function gammaP(a: number, x: number): number {
  if (Number.isNaN(a + x)) return Number.NaN
  if (x <= 0) return 0
  if (x === Number.POSITIVE_INFINITY) return 1
  return x < a + 1 ? series(a, x) : 1 - fraction(a, x)
}

/** Regularized upper incomplete gamma function Q(a, x) = 1 - P(a, x), exact in its far tail; NaN for NaN. */
export function gammaQ(a: number, x: number): number {
  if (Number.isNaN(a + x)) return Number.NaN
  if (x <= 0) return 1
  if (x === Number.POSITIVE_INFINITY) return 0
  return x < a + 1 ? 1 - series(a, x) : fraction(a, x)
}

/** Probability that a chi-square variable with `df` degrees of freedom is larger than x. */
export function chiSquareSf(x: number, df: number): number {
  return gammaQ(df / 2, x / 2)
}

/** Power series for P; all terms are positive. */
function series(a: number, x: number): number {
  let term = 1
  let sum = 1
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= x / (a + n)
    sum += term
  }
  return sum * poissonDensity(a, x)
}

/** Continued fraction for Q, by Lentz's method. */
function fraction(a: number, x: number): number {
  const tiny = 1e-300
  let b = x + 1 - a
  let c = 1 / tiny
  let d = 1 / b
  let h = d
  for (let i = 1; i < 1e7; i++) {
    const an = -i * (i - a)
    b += 2
    d = an * d + b
    if (Math.abs(d) < tiny) d = tiny
    c = b + an / c
    if (Math.abs(c) < tiny) c = tiny
    d = 1 / d
    h *= d * c
    if (Math.abs(d * c - 1) <= Number.EPSILON) break
  }
  return poissonDensity(a, x) * a * h
}
