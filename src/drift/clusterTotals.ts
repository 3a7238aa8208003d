import { asDouble, columnNamed, type QueryMetric, queryMetric } from '../metrics/metric.ts'
import { id, raw, sql } from '../sql/sql.ts'

/** How many numbers each cluster has, and what they sum up to: how far they lie from `pivot`, the least of all clusters'. */
export interface ClusterTotals {
  readonly counts: Float64Array
  readonly sums: Float64Array
  readonly pivot: number
}

/** Clusters read at most. */
const MOST = 2000

/**
 * Numbers and sums of the clusters of a column: up to 2,000 values of `by`, by their hashes. A row without one is a cluster of
 * its own: of these up to 2,000 are taken, evenly spread over their values. What is no finite number counts for nothing.
 */
export function clusterTotals(by: string, column: string): QueryMetric<ClusterTotals> {
  return queryMetric({
    name: 'clusterTotals',
    columns: [by, column],
    query: (context, from) => {
      const { dialect } = context
      const x = asDouble(context, columnNamed(context.columns, column))
      const most = raw(String(MOST))
      return sql`with v as (select ${dialect.text(id(by))} as k, ${x} as x from ${from} where ${x} is not null and ${dialect.isFinite(x)}),
        p as (select min(x) as p from v),
        c as (select k, count(*) as n, sum(x - p) as s from v, p where k is not null group by k order by md5(k), k limit ${most}),
        o as (select x - p as x, row_number() over (order by x) as i, count(*) over () as n from v, p where k is null)
        select n, s, p from c, p union all select 1, x, p from o, p where i % cast(floor(1 + n / ${most}.0) as bigint) = 0`
    },
    finish: (rows) => ({
      counts: Float64Array.from(rows, ([count]) => Number(count)),
      sums: Float64Array.from(rows, ([, sum]) => Number(sum)),
      pivot: Number(rows[0]?.[2] ?? 0),
    }),
  })
}
