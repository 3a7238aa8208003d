import type { Threshold } from '../../metrics/bins.ts'
import type { BinCounts } from './binCounts.ts'

/** What is known of a column of which only counts are. */
export interface Binned extends BinCounts {
  readonly thresholds: readonly Threshold[]
  /** A bin of one double holds one value: not so where doubles do not tell all values apart. */
  readonly exact: boolean
  /** Of the finite values; undefined under two of them, and of times. */
  readonly deviation?: number
  readonly extent: readonly [min: number, max: number] | undefined
}

/** Between which values each bin lies; the first has no lower end, the last no upper one. */
export function endsOf({ thresholds }: Pick<Binned, 'thresholds'>): readonly { from?: number; to?: number }[] {
  const values = thresholds.map(({ value }) => value)
  return [...values, undefined].map((to, i) => {
    const from = values[i - 1]
    return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
  })
}
