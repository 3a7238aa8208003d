import { cellOf, isDoubtful } from '../../cells/cell.ts'
import { columnNamed, type ScanMetric, scanMetric } from '../metric.ts'

/** Number of cells of a text file that hold text, but not of their column's type; 0 for any other source. */
export function unreadableCount(column: string): ScanMetric<number, number> {
  return scanMetric({
    name: 'unreadableCount',
    columns: [column],
    cells: ({ columns, dialect }) => {
      const cell = cellOf(columnNamed(columns, column), dialect)
      return [
        { fn: 'count', of: cell.present },
        { fn: 'count', of: isDoubtful(cell.column) ? cell.value : cell.present },
      ]
    },
    decode: ([present, read]) => Number(present) - Number(read),
    merge: (a, b) => a + b,
    finish: (count) => count,
  })
}
