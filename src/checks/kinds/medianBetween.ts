import { quantile } from '../../metrics/kinds/quantile.ts'
import { aggregateCheck } from '../forms/aggregate.ts'
import { plainBounds } from '../parameters/bounds.ts'

/**
 * The median of the column's numbers lies within the limits: of an even number of values the middle between the two in the
 * middle. Missing values are left out; without any value there is nothing to judge. Text is read as numbers, and a cell
 * that is none makes it fail. An error for NaN and infinities, and for a column that holds no numbers.
 */
export const medianBetween = aggregateCheck({
  kind: 'medianBetween',
  family: 'statistic',
  says: "The median of the column's numbers lies within the limits.",
  example: "await expect(orders.column('amount')).toHaveMedianBetween({ min: 10, max: 50 })",
  bounds: plainBounds,
  noun: 'median',
  asks: 'number',
  metric: (column) => quantile(column, 0.5),
})
