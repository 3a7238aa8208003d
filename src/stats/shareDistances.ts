import { sumOf } from './sumOf.ts'

/**
 * Distances of two lists of shares over the same categories or bins, each summing to 1; q is the reference. All are 0 for
 * equal lists. Where one list has a share and the other none, those with a logarithm of their quotient are infinite.
 */
type Shares = readonly number[]

const sum = (p: Shares, q: Shares, of: (a: number, b: number) => number): number =>
  p.reduce((total, a, i) => total + of(a, q[i] as number), 0)

/** Half the sum of all changes: the share of rows that would have to move. Between 0 and 1. */
export const totalVariation = (p: Shares, q: Shares): number => sum(p, q, (a, b) => Math.abs(a - b)) / 2

/** The largest change of a share. Between 0 and 1. */
export const largestChange = (p: Shares, q: Shares): number =>
  p.reduce((most, a, i) => Math.max(most, Math.abs(a - (q[i] as number))), 0)

/** Hellinger's distance sqrt(1/2 Σ (√p - √q)²). Between 0 and 1. */
export const hellinger = (p: Shares, q: Shares): number =>
  Math.sqrt(sum(p, q, (a, b) => (Math.sqrt(a) - Math.sqrt(b)) ** 2) / 2)

/** Bhattacharyya's distance -ln Σ √(pq). Infinite for disjoint lists. */
export const bhattacharyya = (p: Shares, q: Shares): number =>
  -Math.log(
    Math.min(
      1,
      sum(p, q, (a, b) => Math.sqrt(a * b)),
    ),
  )

/** Kullback and Leibler's divergence Σ p ln(p / q) in nats: of p as seen from q. */
export const kullbackLeibler = (p: Shares, q: Shares): number =>
  sum(p, q, (a, b) => (a === 0 ? 0 : a * Math.log(a / b)))

/** Jensen and Shannon's divergence; in nats, or in the base given. */
export const jensenShannonDivergence = (p: Shares, q: Shares, base = Math.E): number => {
  return sumOf(divergenceParts(p, q)) / Math.log(base)
}

/** What each category adds to Jensen and Shannon's divergence, in nats: never negative (the log sum inequality). */
export const divergenceParts = (p: Shares, q: Shares): readonly number[] =>
  p.map((a, i) => {
    const b = q[i] as number
    const middle = (a + b) / 2
    const part = (share: number) => (share === 0 ? 0 : share * Math.log(share / middle))
    return Math.max(0, part(a) + part(b)) / 2
  })

/** The root of Jensen and Shannon's divergence, which is a distance. Between 0 and 1 for base 2. */
export const jensenShannon = (p: Shares, q: Shares, base = 2): number => Math.sqrt(jensenShannonDivergence(p, q, base))

/** Population stability index Σ (p - q) ln(p / q). */
export const populationStability = (p: Shares, q: Shares): number =>
  sum(p, q, (a, b) => (a === b ? 0 : (a - b) * Math.log(a / b)))
