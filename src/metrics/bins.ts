import { join, raw, type Sql, sql } from '../sql/sql.ts'
import { nextUp } from '../stats/nextUp.ts'

/** Where one bin ends and the next begins: under a value, or with it. */
export interface Threshold {
  readonly value: number
  /** The bin before holds the value itself. */
  readonly inclusive: boolean
}

/** Edges of bins that hold their lower edge and not their upper one, but for the last, as thresholds. */
export function thresholdsAt(edges: readonly number[]): readonly Threshold[] {
  return edges.map((value, i) => ({ value, inclusive: i === edges.length - 1 }))
}

/**
 * How many doubles lie up to each of rising thresholds, and above the last where some do, as a map of the engine's
 * (`Dialect.histograms`); null values are left out, and of no rows there is none.
 */
export function histogramSql(of: Sql, thresholds: readonly Threshold[]): Sql {
  const edges = thresholds.map(({ value, inclusive }) => sql`${inclusive ? value : -nextUp(-value)}`)
  return sql`histogram(${of}, [${join(edges)}])`
}

/** The bin of a number `x` among rising thresholds, by halving: a few comparisons for each value, however many bins. */
export function binAmong(thresholds: readonly Threshold[], low = 0, high = thresholds.length): Sql {
  if (low === high) return raw(String(low))
  const middle = (low + high) >> 1
  const { value, inclusive } = thresholds[middle] as Threshold
  return sql`case when x ${raw(inclusive ? '<=' : '<')} ${value} then ${binAmong(thresholds, low, middle)} else ${binAmong(thresholds, middle + 1, high)} end`
}

/** The bin of a number `x` that lies between the first and the last of rising edges. */
export const binOf = (edges: readonly number[]): Sql => binAmong(thresholdsAt(edges).slice(1, -1))

/** The bin of a number, likewise. */
export function binIn(edges: readonly number[], x: number): number {
  let [low, high] = [0, edges.length - 2]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (x < (edges[middle] as number)) high = middle - 1
    else low = middle
  }
  return low
}
