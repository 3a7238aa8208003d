import { finiteRange, type FiniteRange } from './kinds/finiteRange.ts'
import { keyOf, type ScanMetric, scanMetric } from './metric.ts'

/**
 * How far from 0 the farthest of a column's finite numbers lies, and what as many of them would add up to: beside it a mean, or
 * a sum, may be what rounding has left. Null without any.
 */
export function largestNumber(column: string, of: 'mean' | 'sum'): ScanMetric<FiniteRange, number | null> {
  return scanMetric<FiniteRange, number | null>({
    ...finiteRange(column),
    name: 'largestNumber',
    key: keyOf('largestNumber', [column], of),
    finish: ({ count, min, max }) =>
      min === null || max === null ? null : Math.max(-min, max) * (of === 'sum' ? count : 1),
  })
}
