import { binomialDensity } from './poisson.ts'

/**
 * Probability that the two-sided Kolmogorov-Smirnov statistic of n values from the assumed distribution is larger
 * than d. Durbin's matrix in the Marsaglia, Tsang and Wang form where n is small, the expansion of Pelz and Good (1976)
 * where it is large, twice Smirnov's one-sided formula in the tail; the regions are those of Simard and L'Ecuyer
 * (2011), "Computing the two-sided Kolmogorov-Smirnov distribution".
 */
export function kolmogorovSf(n: number, d: number): number {
  if (Number.isNaN(n + d)) return Number.NaN
  const t = n * d
  if (t <= 0.5) return 1
  if (d >= 1) return 0
  const z = t * d
  if (z >= 370) return 0
  if (d >= 0.5 || t >= n - 1 || z >= (n <= 140 ? 4 : 2.2)) return clamp(2 * smirnovSf(n, d))
  const small = n <= 140 || (n <= 100_000 && n * d ** 1.5 <= 1.4)
  return clamp(1 - (small ? durbinCdf(n, d) : pelzGoodCdf(n, d)))
}

const clamp = (p: number): number => Math.min(1, Math.max(0, p))

/** Probability that the one-sided statistic is larger than d (Smirnov 1944). */
export function smirnovSf(n: number, d: number): number {
  if (Number.isNaN(n + d)) return Number.NaN
  if (d <= 0) return 1
  if (d >= 1) return 0
  let sum = 0
  for (let j = Math.floor(n * (1 - d)); j >= 0; j--) {
    const p = d + j / n
    const q = (n - j) / n - d
    if (q <= 0) continue
    sum += (binomialDensity(j, n, p, q) * d) / p
  }
  return clamp(sum)
}

/** Marsaglia, Tsang and Wang (2003): the (k, k) element of the n-th power of a matrix of size 2k - 1. */
function durbinCdf(n: number, d: number): number {
  const k = Math.ceil(n * d)
  const m = 2 * k - 1
  const h = k - n * d
  const H = Array.from({ length: m }, (_, i) => Array.from({ length: m }, (_, j) => (i - j + 1 < 0 ? 0 : 1)))
  for (let i = 0; i < m; i++) {
    ;(H[i] as number[])[0] = (H[i]?.[0] as number) - h ** (i + 1)
    ;(H[m - 1] as number[])[i] = (H[m - 1]?.[i] as number) - h ** (m - i)
  }
  ;(H[m - 1] as number[])[0] = (H[m - 1]?.[0] as number) + (2 * h - 1 > 0 ? (2 * h - 1) ** m : 0)
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) {
      for (let g = 1; g <= i - j + 1; g++) (H[i] as number[])[j] = (H[i]?.[j] as number) / g
    }
  }
  const { matrix, exponent } = power(H, n)
  let value = matrix[k - 1]?.[k - 1] as number
  let scale = exponent
  for (let i = 1; i <= n; i++) {
    value = (value * i) / n
    if (value < 1e-140) {
      value *= 1e140
      scale -= 140
    }
  }
  return value * 10 ** scale
}

interface Scaled {
  readonly matrix: readonly (readonly number[])[]
  /** The matrix stands for itself times ten to this. */
  readonly exponent: number
}

function power(base: readonly (readonly number[])[], n: number): Scaled {
  if (n === 1) return { matrix: base, exponent: 0 }
  const half = power(base, Math.floor(n / 2))
  let matrix = product(half.matrix, half.matrix)
  let exponent = 2 * half.exponent
  if (n % 2 === 1) matrix = product(base, matrix)
  const middle = Math.floor(matrix.length / 2)
  if ((matrix[middle]?.[middle] as number) > 1e140) {
    matrix = matrix.map((row) => row.map((value) => value * 1e-140))
    exponent += 140
  }
  return { matrix, exponent }
}

function product(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number[][] {
  return a.map((row) => {
    const out = new Array<number>(b.length).fill(0)
    row.forEach((factor, k) => {
      if (factor === 0) return
      const other = b[k] as readonly number[]
      for (let j = 0; j < out.length; j++) out[j] = (out[j] as number) + factor * (other[j] as number)
    })
    return out
  })
}

/** Pelz and Good's expansion in powers of 1 / sqrt(n), four terms. */
function pelzGoodCdf(n: number, d: number): number {
  const z = Math.sqrt(n) * d
  const pi2 = Math.PI ** 2
  const [z2, z4, z6, z8] = [z ** 2, z ** 4, z ** 6, z ** 8]
  const terms = [0, 0, 0, 0]
  const last = Math.ceil((16 * z) / Math.PI)
  for (let k = last; k > 0; k--) {
    const m2 = (2 * k - 1) ** 2
    const weight = Math.exp((-m2 * pi2) / 8 / z2)
    const coefficients = [
      1,
      -z2 + (pi2 / 4) * m2,
      6 * z6 + 2 * z4 + ((2 * z4 - 5 * z2) * pi2 * m2) / 4 + (pi2 ** 2 * (1 - 2 * z2) * m2 ** 2) / 16,
      -30 * z6 -
        90 * z8 +
        (pi2 * (135 * z4 - 96 * z6) * m2) / 4 +
        (pi2 ** 2 * (-60 * z2 + 212 * z4) * m2 ** 2) / 16 +
        (pi2 ** 3 * (5 - 30 * z2) * m2 ** 3) / 64,
    ]
    coefficients.forEach((coefficient, i) => {
      terms[i] = (terms[i] as number) + weight * coefficient
    })
  }
  const root = Math.sqrt(2 * Math.PI)
  const scales = [z, 6 * z4, 72 * z ** 7, 6480 * z ** 10]
  const sums = terms.map((term, i) => (term * root) / (scales[i] as number))
  let [second, third] = [0, 0]
  for (let k = last; k > 0; k--) {
    const weight = Math.exp((-pi2 * k * k) / 2 / z2)
    second += k * k * weight
    third += (3 * z2 - pi2 * k * k) * k * k * weight
  }
  sums[2] = (sums[2] as number) - (second * pi2 * root) / (36 * z ** 3)
  sums[3] = (sums[3] as number) + (third * pi2 * root) / (216 * z6)
  return sums.reduce((sum, term, i) => sum + term / n ** (i / 2), 0)
}
