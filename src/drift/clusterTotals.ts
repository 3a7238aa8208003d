import { asDouble, columnNamed, type QueryMetric, queryMetric } from '../metrics/metric.ts'
import { id, raw, sql } from '../sql/sql.ts'

/** How many numbers each cluster has, and what they sum up to. */
export interface ClusterTotals {
  readonly counts: Float64Array
  readonly sums: Float64Array
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
        c as (select k, count(*) as n, sum(x) as s from v where k is not null group by k order by md5(k), k limit ${most}),
        o as (select x, row_number() over (order by x) as i, count(*) over () as n from v where k is null)
        select n, s from c union all select 1, x from o where i % cast(floor(1 + n / ${most}.0) as bigint) = 0`
    },
    finish: (rows) => ({
      counts: Float64Array.from(rows, ([count]) => Number(count)),
      sums: Float64Array.from(rows, ([, sum]) => Number(sum)),
    }),
  })
}
