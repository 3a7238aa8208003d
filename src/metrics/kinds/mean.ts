import { finiteOnly, measurable, nonFiniteCount, refuseNonFinite, refuseOverflow } from '../finite.ts'
import { type ScanMetric, scanMetric } from '../metric.ts'

interface State {
  readonly count: number
  readonly mean: number
  readonly nonFinite: number
}

/**
 * Arithmetic mean of a number or time column (times in milliseconds since the epoch), missing values left out; null
 * without any value. An error when a value is NaN or infinite.
 */
export function mean(column: string): ScanMetric<State, number | null> {
  return scanMetric<State, number | null>({
    name: 'mean',
    columns: [column],
    cells: (context) => {
      const found = measurable(context, column, 'mean')
      const value = finiteOnly(context, found)
      return [{ fn: 'count', of: value }, { fn: 'mean', of: value }, nonFiniteCount(context, found)]
    },
    decode: ([count, average, nonFinite]) => ({
      count: Number(count),
      mean: Number(average ?? 0),
      nonFinite: Number(nonFinite),
    }),
    merge: (a, b) => {
      const count = a.count + b.count
      return {
        count,
        mean: count === 0 ? 0 : a.mean + (b.mean - a.mean) * (b.count / count),
        nonFinite: a.nonFinite + b.nonFinite,
      }
    },
    finish: ({ count, mean: average, nonFinite }) => {
      refuseNonFinite(nonFinite, 'mean', column)
      return count === 0 ? null : refuseOverflow(average, 'mean', column)
    },
  })
}
