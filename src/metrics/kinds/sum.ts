import { id } from '../../sql/sql.ts'
import { extremeValue, finiteOnly, measurable, nonFiniteCount, refuseNonFinite, refuseOverflow } from '../finite.ts'
import { type ScanMetric, scanMetric } from '../metric.ts'

interface State {
  readonly count: number
  readonly sum: number | bigint
  readonly nonFinite: number
}

/**
 * Sum of a number column, missing values left out; null without any value. Of integers it is exact, beyond 2^53 a
 * bigint; of others a double. An error when a value is NaN or infinite, when the sum is more than its type holds, and for
 * a column that holds no numbers.
 */
export function sum(column: string): ScanMetric<State, number | bigint | null> {
  return scanMetric<State, number | bigint | null>({
    name: 'sum',
    columns: [column],
    cells: (context) => {
      const measured = measurable(context, column, 'sum', false)
      const value = finiteOnly(context, measured)
      return [
        { fn: 'count', of: value },
        { fn: 'sum', of: measured.type === 'integer' ? id(column) : context.dialect.double(value) },
        nonFiniteCount(context, measured),
      ]
    },
    decode: ([count, total, nonFinite]) => ({
      count: Number(count),
      sum: typeof total === 'bigint' ? total : Number(total ?? 0),
      nonFinite: Number(nonFinite),
    }),
    merge: (a, b) => ({ count: a.count + b.count, sum: added(a, b), nonFinite: a.nonFinite + b.nonFinite }),
    finish: ({ count, sum: total, nonFinite }) => {
      refuseNonFinite(nonFinite, 'sum', column)
      return count === 0 ? null : extremeValue(refuseOverflow(total, 'sum', column))
    },
  })
}

/** A part without values has no sum that would say of which type it is. */
function added(a: State, b: State): number | bigint {
  if (a.count === 0) return b.sum
  if (b.count === 0) return a.sum
  return typeof a.sum === 'bigint' && typeof b.sum === 'bigint' ? a.sum + b.sum : Number(a.sum) + Number(b.sum)
}
