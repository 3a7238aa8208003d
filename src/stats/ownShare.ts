import { binomialAtMost } from './binomialTail.ts'

/** A share of one side that is of places which the other side has nothing of. */
export interface OwnShare {
  readonly rows: number
  /** How many of the rows are of such places. */
  readonly own: number
  /** How far such a share takes the sides apart, by itself; a larger one takes them farther. */
  readonly distance: (share: number) => number
}

/** p of "what a side has of its own takes the sides `limit` or more apart": exact, as a share of its rows is. */
export const ownAtLeast = ({ rows, own, distance }: OwnShare, limit: number): number =>
  binomialAtMost(own, rows, shareAt(distance, limit))

/** How many rows show something of what takes the sides `limit` apart, but for a chance of `level`. */
export const rowsToShow = ({ distance }: Pick<OwnShare, 'distance'>, limit: number, level: number): number =>
  Math.log(level) / Math.log1p(-shareAt(distance, limit))

/** The share at which the distance reaches `limit`; 1 where none does. */
export function shareAt(distance: OwnShare['distance'], limit: number): number {
  let [low, high] = [0, 1]
  for (let i = 0; i < 60 && high - low > 1e-12 * high; i++) {
    const middle = (low + high) / 2
    if (distance(middle) < limit) low = middle
    else high = middle
  }
  return high
}
