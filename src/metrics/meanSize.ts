import { sql } from '../sql/sql.ts'
import type { Aggregate } from './aggregate.ts'
import type { Column } from '../engine/engine.ts'
import { finiteOnly, measurable } from './finite.ts'
import { keyOf, type MetricContext, type ScanMetric, scanMetric } from './metric.ts'

interface State {
  readonly count: number
  readonly size: number
}

/**
 * How large a column's finite numbers are, their signs left out: their mean, or what they add up to. Beside it a mean, or a
 * sum, may be what rounding has left. Null without any.
 */
export function meanSize(column: string, of: 'mean' | 'sum'): ScanMetric<State, number | null> {
  return scanMetric<State, number | null>({
    name: 'meanSize',
    key: keyOf('meanSize', [column], of),
    columns: [column],
    cells: (context) => {
      const measured = measurable(context, column, of, false)
      return [{ fn: 'count', of: finiteOnly(context, measured) }, sizeCell(context, measured)]
    },
    decode: ([count, size]) => ({ count: Number(count), size: Number(size ?? 0) }),
    merge: mergedSizes,
    finish: ({ count, size }) => (count === 0 ? null : size * (of === 'sum' ? count : 1)),
  })
}

/** Beside numbers of which a sum, a mean or a deviation is so small a share, rounding may have taken the digits that it has. */
const SMALL = 1e-6

/** Whether a number is so much less than the values it is made of that they have few digits for it. */
export const isSmallBeside = (number: number | bigint, size: number | bigint): boolean =>
  Math.abs(Number(number)) < SMALL * Math.abs(Number(size))

/** The mean of a column's finite numbers, their signs left out: it costs next to nothing beside another mean of them. */
export const sizeCell = (context: MetricContext, column: Column): Aggregate => ({
  fn: 'mean',
  of: sql`abs(${finiteOnly(context, column)})`,
})

/** Means of two parts as that of both. */
export function mergedSizes(a: State, b: State): State {
  const count = a.count + b.count
  return { count, size: count === 0 ? 0 : a.size + (b.size - a.size) * (b.count / count) }
}
