import { type ScanMetric, scanMetric } from '../metric.ts'

/** Number of rows; 0 for an empty relation. */
export function rowCount(): ScanMetric<number, number> {
  return scanMetric({
    name: 'rowCount',
    columns: [],
    cells: () => [{ fn: 'rows' }],
    decode: ([rows]) => Number(rows),
    merge: (a, b) => a + b,
    finish: (rows) => rows,
  })
}
