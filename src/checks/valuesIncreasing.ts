import { sql } from '../sql/sql.ts'
import { checkOrdered } from './checkTimes.ts'
import { strictly } from './columnsAscending.ts'
import { sequenceCheck, type SequenceCheckOptions, sequenceOptions } from './forms/sequence.ts'
import { options } from './parameters/parameter.ts'

/** What `valuesIncreasing` can be told. */
export interface ValuesIncreasingOptions extends SequenceCheckOptions {
  /**
   * Each value must be greater than the one before it; by default it may be equal.
   * @example { strictly: true }
   */
  readonly strictly?: boolean
}

/**
 * Every value of the column is at least the one before it, in the order of the source or of the column `by`; with
 * `strictly` it is greater. Missing values are counted and not tested, and nothing is compared with them; so are rows
 * without a value in `by`. Rows that are equal in `by` are not compared with each other. NaN and infinities are no valid
 * numbers and fail. An error for a column that holds neither numbers nor times, and for rows without any order.
 */
export const valuesIncreasing = sequenceCheck<ValuesIncreasingOptions>({
  kind: 'valuesIncreasing',
  family: 'rule',
  says: 'Every value of the column is at least the one before it, in the order of the source or of another column.',
  example: "await expect(orders.column('number')).toHaveValuesIncreasing({ by: 'created', strictly: true })",
  options: options(...sequenceOptions.list, strictly),
  title: ({ strictly: apart }) => (apart ? 'values strictly increasing' : 'values increasing'),
  expected: ({ strictly: apart }) => (apart ? 'more than the value before' : 'at least the value before'),
  previous: 'max',
  breaks({ column, value }, previous, { strictly: apart }) {
    checkOrdered(column)
    return apart ? sql`${value} <= ${previous}` : sql`${value} < ${previous}`
  },
})
