import { raw, sql } from '../sql/sql.ts'
import { aggregateSql } from './aggregate.ts'
import { finiteOnly, measurable, nonFiniteCount, refuseNonFinite } from './finite.ts'
import { type QueryMetric, queryMetric } from './metric.ts'

/**
 * The quantile of a number or time column at a share of its values (0.5 is the median), between two values linearly
 * interpolated (type 7 of Hyndman and Fan 1996); times in milliseconds since the epoch, missing values left out; null
 * without any value. An error when a value is NaN or infinite. Exact, so that the engine holds the column in memory.
 */
export function quantile(column: string, share: number): QueryMetric<number | null> {
  return queryMetric<number | null>({
    name: 'quantile',
    columns: [column],
    detail: share,
    query(context, from) {
      const found = measurable(context, column, 'quantile')
      const value = finiteOnly(context, found)
      const nonFinite = aggregateSql(nonFiniteCount(context, found), context.dialect)
      return sql`select percentile_cont(${raw(String(share))}) within group (order by ${value}), ${nonFinite} from ${from}`
    },
    finish(rows) {
      const [value, nonFinite] = rows[0] ?? []
      refuseNonFinite(Number(nonFinite ?? 0), 'quantile', column)
      return value === null || value === undefined ? null : Number(value)
    },
  })
}
