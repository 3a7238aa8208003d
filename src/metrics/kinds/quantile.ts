import { finiteOnly, measurable, nonFiniteCount, refuseNonFinite } from '../finite.ts'
import { keyOf, type ScanMetric, scanMetric } from '../metric.ts'

interface State {
  readonly quantile: number | null
  readonly nonFinite: number
}

/**
 * The quantile of a number or time column at a share of its values (0.5 is the median), between two values linearly
 * interpolated (type 7 of Hyndman and Fan 1996); times in milliseconds since the epoch, missing values left out; null
 * without any value. An error when a value is NaN or infinite. Exact, so that the engine holds the column in memory.
 */
export function quantile(column: string, share: number): ScanMetric<State, number | null> {
  return scanMetric<State, number | null>({
    name: 'quantile',
    key: keyOf('quantile', [column], share),
    columns: [column],
    cells(context) {
      const found = measurable(context, column, 'quantile')
      return [{ fn: 'quantile', of: finiteOnly(context, found), share }, nonFiniteCount(context, found)]
    },
    decode: ([value, nonFinite]) => ({
      quantile: value === null || value === undefined ? null : Number(value),
      nonFinite: Number(nonFinite),
    }),
    finish({ quantile: value, nonFinite }) {
      refuseNonFinite(nonFinite, 'quantile', column)
      return value
    },
  })
}
