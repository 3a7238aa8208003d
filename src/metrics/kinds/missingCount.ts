import { cellOf } from '../../cells/cell.ts'
import { columnNamed, type ScanMetric, scanMetric } from '../metric.ts'

/** Number of rows without a value in the column; in a text file a cell that is not of its type is not missing. */
export function missingCount(column: string): ScanMetric<number, number> {
  return scanMetric({
    name: 'missingCount',
    columns: [column],
    counts: true,
    cells: ({ columns, dialect }) => [
      { fn: 'rows' },
      { fn: 'count', of: cellOf(columnNamed(columns, column), dialect).present },
    ],
    decode: ([rows, present]) => Number(rows) - Number(present),
    merge: (a, b) => a + b,
    finish: (missing) => missing,
  })
}
