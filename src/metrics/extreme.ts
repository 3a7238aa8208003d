import { decimalOf } from '../cells/decimals.ts'
import type { Column } from '../engine/engine.ts'
import { id, type Sql } from '../sql/sql.ts'
import { extremeValue, measurable, nonFiniteCount, refuseNonFinite } from './finite.ts'
import { asDouble, type MetricContext, type ScanMetric, scanMetric } from './metric.ts'

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
      const value = exactOrDouble(context, found)
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

/** Integers as such, also those that many databases write as decimals; others, and times, as doubles. */
function exactOrDouble(context: MetricContext, column: Column): Sql {
  if (column.type === 'integer') return id(column.name)
  const { dialect } = context
  const isWhole = dialect.wideIntegers === true && decimalOf(column.native)?.scale === 0
  return isWhole ? dialect.wideInteger(id(column.name)) : asDouble(context, column)
}
