import { id, sql } from '../sql/sql.ts'
import { columnNamed, type ScanMetric, scanMetric } from './metric.ts'

/** How long the texts of a column are, in code points. */
export interface TextLengths {
  readonly empty: number
  readonly min: number
  readonly max: number
  readonly mean: number
}

interface State {
  readonly count: number
  readonly sum: number
  readonly empty: number
  readonly min: number
  readonly max: number
}

/** The lengths of a text column's values; null without any. */
export function textLengths(column: string): ScanMetric<State, TextLengths | null> {
  return scanMetric<State, TextLengths | null>({
    name: 'textLengths',
    columns: [column],
    cells: ({ columns, dialect }) => {
      const length = dialect.codePoints(dialect.text(id(columnNamed(columns, column).name)))
      return [
        { fn: 'count', of: id(column) },
        { fn: 'sum', of: length },
        { fn: 'rowsWhere', of: sql`${length} = 0` },
        { fn: 'min', of: length },
        { fn: 'max', of: length },
      ]
    },
    decode: ([count, sum, empty, min, max]) => ({
      count: Number(count),
      sum: Number(sum ?? 0),
      empty: Number(empty),
      min: min === null ? Number.POSITIVE_INFINITY : Number(min),
      max: max === null ? Number.NEGATIVE_INFINITY : Number(max),
    }),
    merge: (a, b) => ({
      count: a.count + b.count,
      sum: a.sum + b.sum,
      empty: a.empty + b.empty,
      min: Math.min(a.min, b.min),
      max: Math.max(a.max, b.max),
    }),
    finish: ({ count, sum, empty, min, max }) => (count === 0 ? null : { empty, min, max, mean: sum / count }),
  })
}
