import { id, raw, sql } from '../sql/sql.ts'
import { measurable, finiteOnly } from './finite.ts'
import { type QueryMetric, queryMetric, type ScanMetric, scanMetric } from './metric.ts'
import { PERCENTS } from './valueSummary.ts'

/** About how many different values a column has (HyperLogLog, within some percent); for engines that can. */
export function approximateDistinct(column: string): ScanMetric<number, number> {
  return scanMetric<number, number>({
    name: 'approximateDistinct',
    columns: [column],
    cells: () => [{ fn: 'approximateDistinct', of: id(column) }],
    decode: ([count]) => Number(count),
    finish: (count) => count,
  })
}

/** About the quantiles of a number or time column at `PERCENTS` (t-digest), times in milliseconds; null without values. */
export function approximateQuantiles(column: string): QueryMetric<readonly number[] | null> {
  return queryMetric<readonly number[] | null>({
    name: 'approximateQuantiles',
    columns: [column],
    query: (context, from) => {
      const value = finiteOnly(context, measurable(context, column, 'approximateQuantiles'))
      const shares = raw(`[${PERCENTS.map((percent) => percent / 100).join(', ')}]`)
      return sql`select unnest(approx_quantile(${value}, ${shares})) from ${from}`
    },
    finish: (rows) => (rows.length === 0 || rows[0]?.[0] === null ? null : rows.map(([value]) => Number(value))),
  })
}
