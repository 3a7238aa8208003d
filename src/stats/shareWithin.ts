import { binomialAtLeast, binomialAtMost } from './binomialTail.ts'

/** Something that is said of a population's share, and what a sample of it shows. */
export interface ShareStatement {
  /** What the share is said to be: at least that of the population up to here, at most that of it before. */
  readonly expected: number
  /** Members of the sample that count for it at most; for a quantile those up to it. */
  readonly most: number
  /** Members that count for it at least, as many for a share; for a quantile those before it. */
  readonly least: number
}

/** How far the sample's share lies from what is said. */
export function shareDeviation({ expected, most, least }: ShareStatement, n: number): number {
  return Math.max(0, expected - most / n, least / n - expected)
}

/** p of "the population's share is no further than `limit` from what is said": the exact binomial tail at the limit. */
export function shareIsWithin({ expected, most, least }: ShareStatement, n: number, limit: number): number {
  const above = expected + limit >= 1 || least / n <= expected ? 1 : binomialAtLeast(least, n, expected + limit)
  const below = expected - limit <= 0 || most / n >= expected ? 1 : binomialAtMost(most, n, expected - limit)
  return Math.min(above, below)
}

/**
 * p of "the population's share is further than `limit` from what is said". Two one-sided tests, each at the whole level,
 * since only one can be wrong (Schuirmann 1987).
 */
export function shareIsBeyond({ expected, most, least }: ShareStatement, n: number, limit: number): number {
  const above = expected + limit >= 1 ? 0 : binomialAtMost(least, n, expected + limit)
  const below = expected - limit <= 0 ? 0 : binomialAtLeast(most, n, expected - limit)
  return Math.max(above, below)
}
