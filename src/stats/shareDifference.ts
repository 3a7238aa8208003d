import { binomialMass, cumulated, scratch } from './binomialMass.ts'
import { normalSf } from './normal.ts'

const [massX, massY, sums] = [scratch(), scratch(), scratch()]

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
/** A share of a probability that does not change it. */
const NEGLIGIBLE = 1e-17
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
  const x = binomialMass(n, p, massX)
  const y = binomialMass(m, q, massY)
  const below = cumulated(x, sums)
  const last = below.length - 1
  let sum = 0
  for (let i = 0; i < y.mass.length; i++) {
    // Shares of equal size may differ by a rounding.
    const most = Math.floor(n * (d + (y.from + i) / m) + 1e-7) - x.from
    if (most >= 0) sum += (y.mass[i] as number) * (below[Math.min(most, last)] as number)
  }
  return Math.min(1, sum)
}

/**
 * An upper bound of `differenceAtMost` that costs next to nothing: E exp(-t (X/n - Y/m - d)) for one t, which holds for
 * every t (Chernoff 1952). 1 where the difference is expected.
 */
export function differenceBound({ n, m }: Sizes, { p, q }: Shares, d: number): number {
  const variance = (p * (1 - p)) / n + (q * (1 - q)) / m
  if (p - q <= d || variance <= 0) return 1
  const t = (p - q - d) / variance
  const log = t * d + n * Math.log1p(p * Math.expm1(-t / n)) + m * Math.log1p(q * Math.expm1(t / m))
  // NaN and infinity where t is too large: nothing is known then.
  return log < 0 ? Math.exp(log) * (1 + 1e-9) : 1
}

/** The larger of a probability known so far and `differenceAtMost`, which is not summed where it surely is no larger. */
export function largerDifferenceAtMost(largest: number, sizes: Sizes, shares: Shares, d: number): number {
  if (differenceBound(sizes, shares, d) <= largest) return largest
  return Math.max(largest, differenceAtMost(sizes, shares, d))
}

/** The larger of a probability known so far and that of shares of two samples that differ by `d` or more, either way. */
export function largerDifferenceAtLeast(largest: number, sizes: Sizes, { p, q }: Shares, d: number): number {
  const { n, m } = sizes
  // P(X/n - Y/m >= d) = P(Y/m - X/n <= -d)
  const ways = [
    [
      { n: m, m: n },
      { p: q, q: p },
    ],
    [sizes, { p, q }],
  ] as const
  const [up, down] = ways.map(([of, shares]) => differenceBound(of, shares, -d)) as [number, number]
  if (up + down <= largest) return largest
  // What is too small to change the sum is not summed.
  const sum = ways
    .map(([of, shares], i) => ((i === 0 ? up : down) < NEGLIGIBLE * largest ? 0 : differenceAtMost(of, shares, -d)))
    .reduce((all, one) => all + one, 0)
  return Math.max(largest, Math.min(1, sum))
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
  // From the middle outwards: it is largest where shares vary most.
  const middle = steps / 2
  for (let i = 0; i <= steps; i++) {
    const place = middle + (i % 2 === 0 ? i / 2 : -(i + 1) / 2)
    const q = ((1 - delta) * place) / steps
    largest = largerDifferenceAtMost(largest, sizes, { p: q + delta, q }, d)
  }
  return largest
}
