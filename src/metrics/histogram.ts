import { AssayError } from '../errors.ts'
import { id, raw, type Sql, sql } from '../sql/sql.ts'
import { finiteOnly, measurable } from './finite.ts'
import { type QueryMetric, queryMetric } from './metric.ts'

/** How many values fall into each bin. */
export interface Histogram {
  readonly edges: readonly number[]
  /** One count for each bin: lower edge included, upper one not, but for the last bin. */
  readonly counts: readonly number[]
  /** Values under the first and over the last edge. */
  readonly under: number
  readonly over: number
  readonly nonFinite: number
}

const MOST_EDGES = 1001

/**
 * Counts of a number or time column's values (times in milliseconds since the epoch) between rising `edges`; missing
 * values are left out, values that are not finite counted apart. All zero without values.
 */
export function histogram(column: string, edges: readonly number[]): QueryMetric<Histogram> {
  const rising = edges.every((edge, i) => Number.isFinite(edge) && (i === 0 || edge > (edges[i - 1] as number)))
  if (edges.length < 2 || edges.length > MOST_EDGES || !rising) {
    throw new AssayError('wrong-argument', `histogram got ${edges.length} edges that make no bins`, {
      hint: `give 2 to ${MOST_EDGES} finite numbers, each larger than the one before`,
    })
  }
  const bins = edges.length - 1
  return queryMetric<Histogram>({
    name: 'histogram',
    columns: [column],
    detail: edges,
    query: (context, from) => {
      const value = finiteOnly(context, measurable(context, column, 'histogram'))
      const last = edges[bins] as number
      return sql`select b, count(*) from (
        select case when x is null then null when x > ${last} then ${raw(String(bins))} else ${bin(edges, -1, bins - 1)} end as b
        from (select ${value} as x from ${from} where ${id(column)} is not null) as v
      ) as g group by b`
    },
    finish: (rows) => {
      const byBin = new Map(rows.map(([bin, count]) => [bin === null ? 'nonFinite' : Number(bin), Number(count)]))
      return {
        edges,
        counts: Array.from({ length: bins }, (_, i) => byBin.get(i) ?? 0),
        under: byBin.get(-1) ?? 0,
        over: byBin.get(bins) ?? 0,
        nonFinite: byBin.get('nonFinite') ?? 0,
      }
    },
  })
}

/** The bin of a number `x` that lies between the first and the last edge. */
export function binOf(edges: readonly number[]): Sql {
  return bin(edges, 0, edges.length - 2)
}

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

/** The bin of `x` between two bins, by halving: a few comparisons for each value, however many bins. */
function bin(edges: readonly number[], low: number, high: number): Sql {
  if (low === high) return raw(String(low))
  const middle = (low + high + 1) >> 1
  return sql`case when x < ${edges[middle] as number} then ${bin(edges, low, middle - 1)} else ${bin(edges, middle, high)} end`
}
