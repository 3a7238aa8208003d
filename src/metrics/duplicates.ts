import { raw } from '../sql/sql.ts'
import { type FrequencyMetric, frequencyMetric } from './metric.ts'

/** How rows repeat in a set of columns; rows with a null in any of them are left out. */
export interface Duplicates {
  /** Different combinations. */
  readonly distinct: number
  /** Rows that share their combination with another row. */
  readonly rows: number
  /** Rows that would have to go for the rest to be unique. */
  readonly excess: number
}

/** Counts duplicates of a column set; all zero for an empty relation. */
export function duplicates(columns: readonly string[]): FrequencyMetric<Duplicates> {
  return frequencyMetric({
    name: 'duplicates',
    columns,
    cells: () => [
      raw('count(*)'),
      raw('coalesce(sum(case when n > 1 then n else 0 end), 0)'),
      raw('coalesce(sum(n - 1), 0)'),
    ],
    finish: ([distinct, rows, excess]) => ({ distinct: Number(distinct), rows: Number(rows), excess: Number(excess) }),
  })
}
