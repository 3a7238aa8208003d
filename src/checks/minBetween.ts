import { min } from '../metrics/min.ts'
import { aggregateCheck } from './forms/aggregate.ts'
import { bounds } from './parameters/bounds.ts'

/**
 * The smallest number of the column lies within the limits. Missing values are left out; without any value there is
 * nothing to judge. Text is read as numbers, and a cell that is none makes it fail. An error for NaN and infinities, and
 * for a column that holds no numbers.
 */
export const minBetween = aggregateCheck({
  kind: 'minBetween',
  family: 'statistic',
  says: 'The smallest number of the column lies within the limits.',
  example: "await expect(orders.column('amount')).toHaveMinBetween({ min: 0, max: 5 })",
  bounds,
  noun: 'smallest value',
  asks: 'number',
  metric: (column) => min(column),
})
