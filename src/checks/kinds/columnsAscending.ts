import { isEarlier } from '../../cells/instants.ts'
import type { Column } from '../../engine/engine.ts'
import { isFloating, isNumeric, isTime } from '../../metrics/metric.ts'
import { any } from '../../sql/dialect.ts'
import { sql } from '../../sql/sql.ts'
import { columnsCheck, type ColumnsCheckOptions, columnsOptions } from '../forms/columns.ts'
import { columnNames } from '../parameters/columns.ts'
import { choice } from '../parameters/options.ts'
import { options } from '../parameters/parameter.ts'
import { wrongType } from '../wrongType.ts'

/** What `columnsAscending` can be told. */
export interface ColumnsAscendingOptions extends ColumnsCheckOptions {
  /**
   * Each value must be greater than the one before it; by default it may be equal.
   * @example { strictly: true }
   */
  readonly strictly?: boolean
}

export const strictly = choice('strictly', [true, false], {
  doc: 'each value must lie beyond the one before it, and may not equal it',
  absent: false,
  role: 'asked',
  example: true,
})

/**
 * In every row the values of the columns ascend in the order of the names: an order is shipped once it was made. Numbers
 * are compared with numbers, times with times. Rows with a missing value in any of them are counted and not tested,
 * unless `missing` says otherwise; NaN and infinities are no valid numbers and fail. An error for columns that hold
 * neither, or both.
 */
export const columnsAscending = columnsCheck<ReturnType<typeof columnNames>, ColumnsAscendingOptions>({
  kind: 'columnsAscending',
  matcher: 'toHaveColumnsAscending',
  family: 'rule',
  says: 'In every row the values of the columns ascend, in the order of their names.',
  example: "await expect(orders).toHaveColumnsAscending(['ordered', 'shipped'])",
  columns: columnNames({
    least: 2,
    doc: 'the names of the columns, the least one first',
    example: "['ordered', 'shipped']",
    role: 'asked',
    ordered: true,
  }),
  options: options(...columnsOptions.list, strictly),
  title: (columns, { strictly: apart }) => `${columns.join(apart ? ' < ' : ' ≤ ')} in each row`,
  expected: (columns, { strictly: apart }) => columns.join(apart ? ' < ' : ' ≤ '),
  asks: 'ordered',
  breaks(cells, { strictly: apart }, { dialect }) {
    const columns = cells.map(({ column }) => column)
    checkComparable(columns)
    const infinite = cells
      .filter(({ column }) => isFloating(column))
      .map(({ value }) => sql`not ${dialect.isFinite(value)}`)
    const broken = cells.slice(1).map((cell, i) => {
      const before = cells[i] as typeof cell
      if (isTime(cell.column)) return isEarlier(cell, before, { orEqual: apart })
      return apart ? sql`${cell.value} <= ${before.value}` : sql`${cell.value} < ${before.value}`
    })
    return any([...infinite, ...broken])
  },
})

function checkComparable(columns: readonly Column[]): void {
  const kinds = columns.map((column) =>
    isNumeric(column) ? 'numbers' : isTime(column) ? 'times' : column.type === 'time' ? 'times of day' : undefined,
  )
  const wrong = columns.find((_, i) => kinds[i] === undefined || kinds[i] !== kinds[0])
  if (!wrong) return
  const not = kinds[0] === undefined ? 'neither numbers nor times' : `not ${kinds[0]}`
  throw wrongType(wrong, not, 'compare numbers with numbers and times with times')
}
