import { id } from '../sql/sql.ts'
import { measurable, finiteOnly } from './finite.ts'
import { type ScanMetric, scanMetric } from './metric.ts'
import { PERCENTS } from './kinds/valueSummary.ts'

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
      const shares = PERCENTS.map((percent) => percent / 100)
      return [
        { fn: 'approximateQuantiles', of: value, shares },
        { fn: 'min', of: value },
        { fn: 'max', of: value },
      ]
    },
    // DuckDB's digest begins its greatest value at 2.2e-308, so it tells of more than there is where all are below.
    decode: ([text, min, max]) =>
      text === null
        ? null
        : String(text)
            .split(' ')
            .map((value) => Math.min(Number(max), Math.max(Number(min), Number(value)))),
    finish: (quantiles) => quantiles,
  })
}
