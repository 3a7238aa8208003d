import { sql } from '../../sql/sql.ts'
import { type FrequencyMetric, frequencyMetric } from '../metric.ts'

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
    cells: (n) => [
      { fn: 'rows' },
      { fn: 'sum', of: sql`case when ${n} > 1 then ${n} else 0 end` },
      { fn: 'sum', of: sql`${n} - 1` },
    ],
    ofRepeated: true,
    ofCombinations: (distinct, rows) => (distinct === rows ? { distinct, rows: 0, excess: 0 } : undefined),
    finish: ([distinct, rows, excess]) => ({ distinct: Number(distinct), rows: Number(rows), excess: Number(excess) }),
  })
}
