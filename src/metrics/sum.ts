import { sql } from '../sql/sql.ts'
import { finiteOnly, measurable, nonFiniteCount, refuseNonFinite } from './finite.ts'
import { type ScanMetric, scanMetric } from './metric.ts'

interface State {
  readonly count: number
  readonly sum: number
  readonly nonFinite: number
}

/**
 * Sum of a number column as a double, missing values left out; null without any value. An error when a value is NaN or
 * infinite, and for a column that holds no numbers.
 */
export function sum(column: string): ScanMetric<State, number | null> {
  return scanMetric<State, number | null>({
    name: 'sum',
    columns: [column],
    cells: (context) => {
      const found = measurable(context, column, 'sum', false)
      const value = finiteOnly(context, found)
      return [sql`count(${value})`, sql`sum(${context.dialect.double(value)})`, nonFiniteCount(context, found)]
    },
    decode: ([count, total, nonFinite]) => ({
      count: Number(count),
      sum: Number(total ?? 0),
      nonFinite: Number(nonFinite),
    }),
    merge: (a, b) => ({ count: a.count + b.count, sum: a.sum + b.sum, nonFinite: a.nonFinite + b.nonFinite }),
    finish: ({ count, sum: total, nonFinite }) => {
      refuseNonFinite(nonFinite, 'sum', column)
      return count === 0 ? null : total
    },
  })
}
