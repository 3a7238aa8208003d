import { sql } from '../sql/sql.ts'
import { checkOrdered } from './checkTimes.ts'
import { strictly } from './columnsAscending.ts'
import { sequenceCheck, sequenceOptions } from './forms/sequence.ts'
import { options } from './parameters/parameter.ts'
import type { ValuesIncreasingOptions } from './valuesIncreasing.ts'

/**
 * Every value of the column is at most the one before it, in the order of the source or of the column `by`; with
 * `strictly` it is less. Missing values are counted and not tested, and nothing is compared with them; so are rows without
 * a value in `by`. Rows that are equal in `by` are not compared with each other. NaN and infinities are no valid numbers
 * and fail. An error for a column that holds neither numbers nor times, and for rows without any order.
 */
export const valuesDecreasing = sequenceCheck<ValuesIncreasingOptions>({
  kind: 'valuesDecreasing',
  family: 'rule',
  says: 'Every value of the column is at most the one before it, in the order of the source or of another column.',
  example: "await expect(stock.column('left')).toHaveValuesDecreasing({ by: 'at' })",
  options: options(...sequenceOptions.list, strictly),
  title: ({ strictly: apart }) => (apart ? 'values strictly decreasing' : 'values decreasing'),
  expected: ({ strictly: apart }) => (apart ? 'less than the value before' : 'at most the value before'),
  previous: 'min',
  breaks({ column, value }, previous, { strictly: apart }) {
    checkOrdered(column)
    return apart ? sql`${value} >= ${previous}` : sql`${value} > ${previous}`
  },
})
