import { max } from '../metrics/max.ts'
import { aggregateCheck } from './forms/aggregate.ts'
import { bounds } from './parameters/bounds.ts'

/**
 * The greatest number of the column lies within the limits. Missing values are left out; without any value there is
 * nothing to judge. Text is read as numbers, and a cell that is none makes it fail. An error for NaN and infinities, and
 * for a column that holds no numbers.
 */
export const maxBetween = aggregateCheck({
  kind: 'maxBetween',
  family: 'statistic',
  says: 'The greatest number of the column lies within the limits.',
  example: "await expect(orders.column('amount')).toHaveMaxBetween({ min: 100, max: 10_000 })",
  bounds,
  noun: 'greatest value',
  asks: 'number',
  metric: (column) => max(column),
})
