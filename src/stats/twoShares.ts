import { normalSf } from './normal.ts'
import { shareAt } from './ownShare.ts'

/** Rows of the first of two places, and of both, on each side. */
export interface TwoShares {
  readonly here: number
  readonly there: number
  readonly n: number
  readonly m: number
}

/**
 * p of "two shares lie `limit` or more apart, by a distance", each way by itself (Schuirmann 1987): of both samples together as
 * their mean, by the normal distribution.
 */
export function twoSharesAtLeast(
  { here, there, n, m }: TwoShares,
  distance: (current: number, reference: number) => number,
  limit: number,
): number {
  const [mean, apart] = [(here + there) / (n + m), here / n - there / m]
  const error = Math.sqrt(mean * (1 - mean) * (1 / n + 1 / m))
  const half = Math.min(mean, 1 - mean)
  const chances = [1, -1].map((way) => {
    const at = (part: number): number => distance(mean + way * part * half, mean - way * part * half)
    return at(1) < limit ? 0 : normalSf((2 * half * shareAt(at, limit) - way * apart) / error)
  })
  return error > 0 ? Math.max(...chances) : 0
}
