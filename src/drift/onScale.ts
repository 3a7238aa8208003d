import { AssayError } from '../errors.ts'
import { firstAbove, firstAtLeast } from '../stats/sorted.ts'
import { sortedNumbers } from '../stats/sortedNumbers.ts'
import type { NumbersMetric } from '../metrics/metric.ts'
import type { DriftSide } from './drift.ts'

/** All rows as sorted positions on the scale: -Infinity is missing, +Infinity is not a number. */
export function onScale({
  rows,
  missing,
  column,
  values: { numbers },
  list,
}: DriftSide<{ numbers: NumbersMetric }>): Float64Array {
  const unreadable = rows - missing - numbers.length
  if (unreadable < 0)
    throw new AssayError('query-failed', `column ${JSON.stringify(column.name)} changed while it was read`, {
      hint: 'compare a snapshot of the table',
    })
  const scale = list?.(rows) ?? new Float64Array(rows)
  scale.fill(Number.NEGATIVE_INFINITY, 0, missing)
  placed(sortedNumbers(numbers, scale.subarray(missing, rows - unreadable)))
  scale.fill(Number.POSITIVE_INFINITY, rows - unreadable)
  return scale
}

/** Puts what is not finite, which stands at the ends of sorted numbers, where it belongs on the scale. */
function placed(sorted: Float64Array): void {
  let [start, end] = [0, sorted.length]
  while (end > 0 && Number.isNaN(sorted[end - 1])) sorted[--end] = Number.POSITIVE_INFINITY
  while (end > 0 && sorted[end - 1] === Number.POSITIVE_INFINITY) sorted[--end] = Number.MAX_VALUE
  while (start < end && sorted[start] === Number.NEGATIVE_INFINITY) sorted[start++] = -Number.MAX_VALUE
}

/** How many rows of a scale are of either infinity, and how many are not missing and no number. */
export function strangeIn(scale: Float64Array, { missing }: Pick<DriftSide, 'missing'>) {
  const notNumbers = scale.length - firstAtLeast(scale, Number.POSITIVE_INFINITY)
  return {
    below: firstAbove(scale, -Number.MAX_VALUE) - missing,
    above: scale.length - firstAtLeast(scale, Number.MAX_VALUE) - notNumbers,
    notNumbers,
  }
}
