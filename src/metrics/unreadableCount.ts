import { cellOf } from '../cells/cell.ts'
import { columnNamed, type ScanMetric, scanMetric } from './metric.ts'

/** Number of cells of a text file that hold text, but not of their column's type; 0 for any other source. */
export function unreadableCount(column: string): ScanMetric<number, number> {
  return scanMetric({
    name: 'unreadableCount',
    columns: [column],
    cells: ({ columns, dialect }) => {
      const { text, value } = cellOf(columnNamed(columns, column), dialect)
      return [
        { fn: 'count', of: text },
        { fn: 'count', of: value },
      ]
    },
    decode: ([present, read]) => Number(present) - Number(read),
    merge: (a, b) => a + b,
    finish: (count) => count,
  })
}
