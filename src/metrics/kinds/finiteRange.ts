import { finiteOnly, measurable, nonFiniteCount } from '../finite.ts'
import { type ScanMetric, scanMetric } from '../metric.ts'

/** Extent of a column's finite values. */
export interface FiniteRange {
  /** Finite values. */
  readonly count: number
  /** How many values are NaN or infinite. */
  readonly nonFinite: number
  /** Smallest and largest finite value, times in milliseconds since the epoch; null without any. */
  readonly min: number | null
  readonly max: number | null
}

/** The extent of a number or time column, as doubles; values that are not finite are counted and left out. */
export function finiteRange(column: string): ScanMetric<FiniteRange, FiniteRange> {
  return scanMetric<FiniteRange, FiniteRange>({
    name: 'finiteRange',
    columns: [column],
    cells: (context) => {
      const measured = measurable(context, column, 'finiteRange')
      const value = finiteOnly(context, measured)
      return [
        { fn: 'count', of: value },
        nonFiniteCount(context, measured),
        { fn: 'min', of: value },
        { fn: 'max', of: value },
      ]
    },
    decode: ([count, nonFinite, min, max]) => ({
      count: Number(count),
      nonFinite: Number(nonFinite),
      min: min === null ? null : Number(min),
      max: max === null ? null : Number(max),
    }),
    merge: (a, b) => ({
      count: a.count + b.count,
      nonFinite: a.nonFinite + b.nonFinite,
      min: extreme(a.min, b.min, Math.min),
      max: extreme(a.max, b.max, Math.max),
    }),
    finish: (range) => range,
  })
}

function extreme(a: number | null, b: number | null, choose: (a: number, b: number) => number): number | null {
  return a === null ? b : b === null ? a : choose(a, b)
}
