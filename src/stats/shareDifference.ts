import { binomialMass, cumulated } from './binomialMass.ts'
import { normalSf } from './normal.ts'

/** Two samples of `n` and `m` rows. */
export interface Sizes {
  readonly n: number
  readonly m: number
}

/** Shares of a value in the two populations. */
export interface Shares {
  readonly p: number
  readonly q: number
}

/** From this many rows on sums give way to the normal distribution, with corrections for continuity and skewness. */
const SUMMED = 20_000
/** Where the rows that have a value, and those that have not, vary by less than this the sums are short, and are made. */
const LEAST_VARIANCE = 400

/**
 * Probability that the share of a value in one sample less its share in another is at most `d`: P(X/n - Y/m <= d) for
 * binomial X and Y. Summed exactly up to 20,000 rows, and of rare values; else by the normal distribution with a correction
 * for continuity and, on the safe side, for skewness (Edgeworth 1905): 0 to 4 % over the sum where that is 0.05, and of its
 * magnitude at 1e-12.
 */
export function differenceAtMost({ n, m }: Sizes, { p, q }: Shares, d: number): number {
  const [v, w] = [p * (1 - p), q * (1 - q)]
  if (n + m > SUMMED && n * v > LEAST_VARIANCE && m * w > LEAST_VARIANCE) {
    const sigma = Math.sqrt(v / n + w / m)
    const skewness = ((v * (1 - 2 * p)) / n ** 2 - (w * (1 - 2 * q)) / m ** 2) / sigma ** 3
    const z = (p - q - d - 0.5 / Math.max(n, m)) / sigma
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
    return Math.min(1, normalSf(z) + (Math.abs(skewness * (z * z - 1)) / 6) * density)
  }
  const x = binomialMass(n, p)
  const y = binomialMass(m, q)
  const below = cumulated(x)
  const last = below.length - 1
  let sum = 0
  for (let i = 0; i < y.mass.length; i++) {
    // Shares of equal size may differ by a rounding.
    const most = Math.floor(n * (d + (y.from + i) / m) + 1e-7) - x.from
    if (most >= 0) sum += (y.mass[i] as number) * (below[Math.min(most, last)] as number)
  }
  return Math.min(1, sum)
}

/** Probability that the shares of two samples differ by `d` or more, either way. */
export function differenceAtLeast(sizes: Sizes, { p, q }: Shares, d: number): number {
  const { n, m } = sizes
  const back = { n: m, m: n }
  // P(X/n - Y/m >= d) = P(Y/m - X/n <= -d)
  return Math.min(1, differenceAtMost(back, { p: q, q: p }, -d) + differenceAtMost(sizes, { p, q }, -d))
}

/**
 * The largest probability of a difference of at most `d` between the shares of two samples when those of the populations
 * differ by `delta`, over all such shares (61 of them, 31 of large samples): the p-value of "they differ by `delta` or
 * more". At one point a distribution function is such a share, so it bounds the Kolmogorov-Smirnov distance too.
 */
export function worstDifferenceAtMost(sizes: Sizes, d: number, delta: number): number {
  if (delta <= d) return 1
  const { n, m } = sizes
  if (n + m > SUMMED) {
    // The tail is longest where the difference varies most.
    const q = Math.max(0, Math.min(1 - delta, (1 / n + 1 / m - (2 * delta) / n) / (2 / n + 2 / m)))
    return differenceAtMost(sizes, { p: q + delta, q }, d)
  }
  const steps = n + m > 2000 ? 30 : 60
  let largest = 0
  for (let i = 0; i <= steps; i++) {
    const q = ((1 - delta) * i) / steps
    largest = Math.max(largest, differenceAtMost(sizes, { p: q + delta, q }, d))
  }
  return largest
}
