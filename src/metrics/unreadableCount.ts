import type { Column } from '../engine/engine.ts'
import { id, raw, type Sql, sql } from '../sql/sql.ts'
import { columnNamed, type ScanMetric, scanMetric } from './metric.ts'

/** True for a cell of a text file that holds text, but none that is written like its column's type. */
export function isUnreadable({ name, rawName }: Column): Sql {
  return rawName === undefined ? raw('(1 = 0)') : sql`(${id(name)} is null and ${id(rawName)} is not null)`
}

/** Number of cells of a text file that hold text, but not of their column's type; 0 for any other source. */
export function unreadableCount(column: string): ScanMetric<number, number> {
  return scanMetric({
    name: 'unreadableCount',
    columns: [column],
    cells: ({ columns }) => {
      const { rawName } = columnNamed(columns, column)
      return [
        { fn: 'count', of: id(rawName ?? column) },
        { fn: 'count', of: id(column) },
      ]
    },
    decode: ([present, read]) => Number(present) - Number(read),
    merge: (a, b) => a + b,
    finish: (count) => count,
  })
}
