import type { ColumnCell } from '../cells/cell.ts'
import type { Value } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import type { Aggregate } from '../metrics/aggregate.ts'
import { keyOf, type ScanMetric, scanMetric } from '../metrics/metric.ts'
import { isPlainObject } from '../options.ts'
import { cellIn } from './forms/rowRule.ts'
import { described } from './receiver.ts'

/** A number of your own about a column. */
export interface OwnMetric<V> {
  /** How it is called in plans and errors. */
  readonly name: string
  /** What a scan computes over the rows, e.g. `({ value }) => [{ fn: 'max', of: value }, { fn: 'min', of: value }]`. */
  cells(cell: ColumnCell): readonly Aggregate[]
  /**
   * The number, from what was computed, in the same order: numbers, bigints or texts of decimals, null without a value
   * (counts: 0).
   */
  finish(computed: readonly Value[]): V
}

let defined = 0

/**
 * Defines a number about a column, computed in the scan that all checks of the data share. Missing values are left out,
 * and so are cells of text that are not written like their column's type. Throws AssayError `wrong-argument` for what is
 * no such definition.
 */
export function defineMetric<V>(metric: OwnMetric<V>): (column: string) => ScanMetric<readonly Value[], V> {
  const { name, cells, finish } = (isPlainObject(metric) ? metric : {}) as Partial<OwnMetric<V>>
  if (typeof name !== 'string' || name === '' || typeof cells !== 'function' || typeof finish !== 'function') {
    throw new AssayError(
      'wrong-argument',
      `defineMetric needs a name, cells and finish, and got ${described(metric)}`,
      {
        hint: "e.g. { name: 'greatest', cells: ({ value }) => [{ fn: 'max', of: value }], finish: ([max]) => Number(max) }",
      },
    )
  }
  // Two definitions of one name are two numbers.
  const own = ++defined
  return (column) =>
    scanMetric<readonly Value[], V>({
      name,
      key: keyOf(name, [column], ['own', own]),
      columns: [column],
      cells: (context) => cells(cellIn(context, column)),
      decode: (computed) => computed,
      finish,
    })
}
