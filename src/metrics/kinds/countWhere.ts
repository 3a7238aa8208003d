import type { Sql } from '../../sql/sql.ts'
import { keyOf, type MetricContext, type ScanMetric, scanMetric } from '../metric.ts'

/** A condition on a row, as SQL. */
export interface Predicate {
  /** Canonical: equal keys are the same condition. */
  readonly key: string
  readonly columns: readonly string[]
  sql(context: MetricContext): Sql
}

/** Number of rows for which the predicate is true. */
export function countWhere(predicate: Predicate): ScanMetric<number, number> {
  return scanMetric({
    name: 'countWhere',
    key: keyOf('countWhere', predicate.columns, predicate.key),
    columns: predicate.columns,
    cells: (context) => [{ fn: 'rowsWhere', of: predicate.sql(context) }],
    decode: ([count]) => Number(count),
    merge: (a, b) => a + b,
    finish: (count) => count,
  })
}
