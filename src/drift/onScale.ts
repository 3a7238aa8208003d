import { AssayError } from '../errors.ts'
import { sortNumbers } from '../stats/sortNumbers.ts'
import type { NumbersMetric } from '../metrics/metric.ts'
import type { DriftSide } from './drift.ts'

/** All rows as sorted positions on the scale: -Infinity is missing, +Infinity is not a number. */
export function onScale({
  rows,
  missing,
  column,
  values: { numbers },
}: DriftSide<{ numbers: NumbersMetric }>): Float64Array {
  const unreadable = rows - missing - numbers.length
  if (unreadable < 0)
    throw new AssayError('query-failed', `column ${JSON.stringify(column.name)} changed while it was read`, {
      hint: 'compare a snapshot of the table',
    })
  const scale = new Float64Array(rows)
  scale.fill(Number.NEGATIVE_INFINITY, 0, missing)
  scale.set(numbers, missing)
  for (let i = missing; i < missing + numbers.length; i++) {
    const value = scale[i] as number
    if (value === Number.POSITIVE_INFINITY) scale[i] = Number.MAX_VALUE
    else if (value === Number.NEGATIVE_INFINITY) scale[i] = -Number.MAX_VALUE
    else if (Number.isNaN(value)) scale[i] = Number.POSITIVE_INFINITY
  }
  scale.fill(Number.POSITIVE_INFINITY, rows - unreadable)
  return sortNumbers(scale)
}
