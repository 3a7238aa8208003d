import { successesAndFailures } from './poisson.ts'

/**
 * Regularized incomplete beta function I_x(a, b) for a, b > 0, by its continued fraction (Didonato and Morris 1992) with
 * a prefix in Loader's form. `y` is 1 - x, given apart so that it keeps its digits. 0 for x <= 0, 1 for y <= 0, NaN for NaN.
 */
export function betaI(a: number, b: number, x: number, y = 1 - x): number {
  if (Number.isNaN(a + b + x + y)) return Number.NaN
  if (x <= 0) return 0
  if (y <= 0) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - betaI(b, a, y, x)
  return (((successesAndFailures(a, b, x, y) * a) / (a + b)) * b) / fraction(a, b, x, y)
}

/** Their equation 9, whose terms do not cancel where x is near the mean; by Lentz's method. */
function fraction(a: number, b: number, x: number, y: number): number {
  const tiny = 1e-300
  let h = nonZero((a * (a * y - b * x + 1)) / (a + 1), tiny)
  let [c, d] = [h, 0]
  for (let i = 1; i < 1e6; i++) {
    const place = a + 2 * i - 1
    const numerator = ((a + i - 1) / place) * ((a + b + i - 1) / place) * i * (b - i) * x * x
    const term = i + (i * (b - i) * x) / place + ((a + i) * (a * y - b * x + 1 + i * (1 + y))) / (place + 2)
    d = 1 / nonZero(term + numerator * d, tiny)
    c = nonZero(term + numerator / c, tiny)
    h *= c * d
    if (Math.abs(c * d - 1) <= Number.EPSILON) break
  }
  return h
}

const nonZero = (value: number, tiny: number): number => (Math.abs(value) < tiny ? tiny : value)

/** Quantile of the beta distribution, by bisection to the last digits; NaN for NaN. */
export function betaQuantile(probability: number, a: number, b: number): number {
  if (Number.isNaN(probability + a + b)) return Number.NaN
  let [low, high] = [0, 1]
  for (let i = 0; i < 200 && high - low > 1e-16 * high; i++) {
    const middle = (low + high) / 2
    if (betaI(a, b, middle) < probability) low = middle
    else high = middle
  }
  return (low + high) / 2
}
