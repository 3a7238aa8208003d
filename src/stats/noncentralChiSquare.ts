import { gammaP } from './gamma.ts'
import { lnGamma } from './lnGamma.ts'

/**
 * Distribution function of the noncentral chi-square distribution, as a Poisson mixture of central ones summed from
 * the top, so that all terms are positive. Good to about 1e-10.
 */
export function noncentralChiSquareCdf(x: number, df: number, lambda: number): number {
  if (x <= 0) return 0
  const [half, y] = [lambda / 2, x / 2]
  if (half === 0) return gammaP(df / 2, y)
  const spread = 9 * Math.sqrt(half) + 30
  const [low, high] = [Math.max(0, Math.floor(half - spread)), Math.ceil(half + spread)]
  let a = df / 2 + high
  let p = gammaP(a, y)
  let term = Math.exp(a * Math.log(y) - y - lnGamma(a + 1))
  let weight = Math.exp(high * Math.log(half) - half - lnGamma(high + 1))
  let sum = 0
  for (let j = high; j >= low; j--) {
    sum += weight * p
    weight *= j / half
    // P(a - 1, y) = P(a, y) + y^(a - 1) e^-y / Gamma(a)
    term *= a / y
    a -= 1
    p = Math.min(1, p + term)
  }
  return Math.min(1, sum)
}

/** The noncentrality for which the value `x` is the quantile of `probability`; 0 when even the central one is beyond. */
export function noncentralityOf(x: number, df: number, probability: number): number {
  if (noncentralChiSquareCdf(x, df, 0) <= probability) return 0
  return bisect((lambda) => noncentralChiSquareCdf(x, df, lambda) > probability, Math.max(1, x))
}

/** Quantile of the noncentral chi-square distribution. */
export function noncentralChiSquareQuantile(probability: number, df: number, lambda: number): number {
  return bisect((x) => noncentralChiSquareCdf(x, df, lambda) < probability, df + lambda + 1)
}

/** The least positive number at which `below` turns false. */
function bisect(below: (value: number) => boolean, start: number): number {
  let high = start
  while (below(high)) high *= 2
  let low = 0
  for (let i = 0; i < 60 && high - low > 1e-11 * high; i++) {
    const middle = (low + high) / 2
    if (below(middle)) low = middle
    else high = middle
  }
  return (low + high) / 2
}
