import { min } from '../../metrics/kinds/min.ts'
import { aggregateCheck } from '../forms/aggregate.ts'
import { limits } from '../parameters/bounds.ts'

/**
 * The smallest value of the column lies within the limits: numbers, or days and times where the limits are such, compared
 * by the millisecond. Missing values are left out; without any value there is nothing to judge. Text is read as what the
 * limits are, and a cell that is none makes it fail. An error for NaN and infinities, and for a column that holds nothing
 * of that.
 */
export const minBetween = aggregateCheck({
  kind: 'minBetween',
  family: 'statistic',
  says: 'The smallest number, day or time of the column lies within the limits.',
  example: "await expect(orders.column('amount')).toHaveMinBetween({ min: 0, max: 5 })",
  bounds: limits,
  noun: 'smallest value',
  asks: 'number',
  metric: (column) => min(column),
})
