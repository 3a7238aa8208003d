import { id } from '../sql/sql.ts'
import { extremeValue, measurable, nonFiniteCount, refuseNonFinite } from './finite.ts'
import { asDouble, type ScanMetric, scanMetric } from './metric.ts'

interface State {
  readonly value: number | bigint | null
  readonly nonFinite: number
}

/**
 * Largest value of a number or time column: times in milliseconds since the epoch, integers beyond 2^53 as bigints;
 * null without any value. An error when a value is NaN or infinite.
 */
export function max(column: string): ScanMetric<State, number | bigint | null> {
  return scanMetric<State, number | bigint | null>({
    name: 'max',
    columns: [column],
    cells: (context) => {
      const found = measurable(context, column, 'max')
      const value = found.type === 'integer' ? id(column) : asDouble(context, found)
      return [{ fn: 'max', of: value }, nonFiniteCount(context, found)]
    },
    decode: ([value, nonFinite]) => ({ value: extremeValue(value), nonFinite: Number(nonFinite) }),
    merge: (a, b) => ({
      value: a.value === null || (b.value !== null && b.value > a.value) ? b.value : a.value,
      nonFinite: a.nonFinite + b.nonFinite,
    }),
    finish: ({ value, nonFinite }) => {
      refuseNonFinite(nonFinite, 'max', column)
      return value
    },
  })
}
