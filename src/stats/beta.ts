import { binomialDensity } from './poisson.ts'

/**
 * Regularized incomplete beta function I_x(a, b) for a, b > 0, by its continued fraction (Didonato and Morris 1992) with
 * a prefix in Loader's form. `y` is 1 - x, given apart so that it keeps its digits. 0 for x <= 0, 1 for y <= 0.
 */
export function betaI(a: number, b: number, x: number, y = 1 - x): number {
  if (!(x > 0)) return 0
  if (!(y > 0)) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - betaI(b, a, y, x)
  return (binomialDensity(a, a + b, x, y) * b * fraction(a, b, x)) / (a + b)
}

/** Lentz's method. */
function fraction(a: number, b: number, x: number): number {
  const tiny = 1e-300
  let c = 1
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1), tiny)
  let h = d
  for (let i = 1; i < 1e6; i++) {
    for (const step of [
      (i * (b - i) * x) / ((a + 2 * i - 1) * (a + 2 * i)),
      (-(a + i) * (a + b + i) * x) / ((a + 2 * i) * (a + 2 * i + 1)),
    ]) {
      d = 1 / nonZero(1 + step * d, tiny)
      c = nonZero(1 + step / c, tiny)
      h *= d * c
    }
    if (Math.abs(d * c - 1) <= Number.EPSILON) break
  }
  return h
}

const nonZero = (value: number, tiny: number): number => (Math.abs(value) < tiny ? tiny : value)

/** Quantile of the beta distribution, by bisection to the last digits. */
export function betaQuantile(probability: number, a: number, b: number): number {
  let [low, high] = [0, 1]
  for (let i = 0; i < 200 && high - low > 1e-16 * high; i++) {
    const middle = (low + high) / 2
    if (betaI(a, b, middle) < probability) low = middle
    else high = middle
  }
  return (low + high) / 2
}
