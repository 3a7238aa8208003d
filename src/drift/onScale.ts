import { AssayError } from '../errors.ts'
import { firstAbove, firstAtLeast } from '../stats/sorted.ts'
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
  for (let i = 0; i < numbers.length; i++) {
    const value = numbers[i] as number
    scale[missing + i] = Number.isFinite(value) ? value : strange(value)
  }
  scale.fill(Number.POSITIVE_INFINITY, rows - unreadable)
  return sortNumbers(scale)
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

/** Where on the scale a value stands that is not finite. */
function strange(value: number): number {
  if (Number.isNaN(value)) return Number.POSITIVE_INFINITY
  return value > 0 ? Number.MAX_VALUE : -Number.MAX_VALUE
}
