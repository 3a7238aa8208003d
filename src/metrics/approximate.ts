import { id } from '../sql/sql.ts'
import { measurable, finiteOnly } from './finite.ts'
import { type ScanMetric, scanMetric } from './metric.ts'
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
export function approximateQuantiles(column: string): ScanMetric<readonly number[] | null, readonly number[] | null> {
  return scanMetric<readonly number[] | null, readonly number[] | null>({
    name: 'approximateQuantiles',
    columns: [column],
    cells: (context) => {
      const value = finiteOnly(context, measurable(context, column, 'approximateQuantiles'))
      return [{ fn: 'approximateQuantiles', of: value, shares: PERCENTS.map((percent) => percent / 100) }]
    },
    decode: ([text]) => (text === null ? null : String(text).split(' ').map(Number)),
    finish: (quantiles) => quantiles,
  })
}
