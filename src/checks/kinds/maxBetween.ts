import { max } from '../../metrics/kinds/max.ts'
import { aggregateCheck } from '../forms/aggregate.ts'
import { limits } from '../parameters/bounds.ts'

/**
 * The greatest value of the column lies within the limits: numbers, or days and times where the limits are such, compared
 * by the millisecond. Missing values are left out; without any value there is nothing to judge. Text is read as what the
 * limits are, and a cell that is none makes it fail. An error for NaN and infinities, and for a column that holds nothing
 * of that.
 */
export const maxBetween = aggregateCheck({
  kind: 'maxBetween',
  family: 'statistic',
  says: 'The greatest number, day or time of the column lies within the limits.',
  example: "await expect(orders.column('amount')).toHaveMaxBetween({ min: 100, max: 10_000 })",
  bounds: limits,
  noun: 'greatest value',
  asks: 'number',
  metric: (column) => max(column),
})
