import { monotone } from '../monotone.ts'

/**
 * Every value of the column is at most the one before it, in the order of the source or of the column `by`; with
 * `strictly` it is less. Missing values are counted and not tested, and nothing is compared with them; so are rows
 * without a value in `by`. Rows that are equal in `by` are not compared with each other. NaN and infinities are no valid
 * numbers and fail. An error for a column that holds neither numbers nor times, and for rows without any order.
 */
export const valuesDecreasing = monotone({
  kind: 'valuesDecreasing',
  adjective: 'decreasing',
  example: "await expect(stock.column('left')).toHaveValuesDecreasing({ by: 'at' })",
})
