import { id } from '../sql/sql.ts'
import { extremeValue, measurable, nonFiniteCount, refuseNonFinite } from './finite.ts'
import { asDouble, type ScanMetric, scanMetric } from './metric.ts'

export interface Extreme {
  readonly value: number | bigint | null
  readonly nonFinite: number
}

/**
 * Smallest or largest value of a number or time column: times in milliseconds since the epoch, integers beyond 2^53 as
 * bigints; null without any value. An error when a value is NaN or infinite.
 */
export function extreme(column: string, fn: 'min' | 'max'): ScanMetric<Extreme, number | bigint | null> {
  const beats = (a: number | bigint, b: number | bigint): boolean => (fn === 'min' ? a < b : a > b)
  return scanMetric<Extreme, number | bigint | null>({
    name: fn,
    columns: [column],
    cells: (context) => {
      const found = measurable(context, column, fn)
      const value = found.type === 'integer' ? id(column) : asDouble(context, found)
      return [{ fn, of: value }, nonFiniteCount(context, found)]
    },
    decode: ([value, nonFinite]) => ({ value: extremeValue(value), nonFinite: Number(nonFinite) }),
    merge: (a, b) => ({
      value: a.value === null || (b.value !== null && beats(b.value, a.value)) ? b.value : a.value,
      nonFinite: a.nonFinite + b.nonFinite,
    }),
    finish: ({ value, nonFinite }) => {
      refuseNonFinite(nonFinite, fn, column)
      return value
    },
  })
}
