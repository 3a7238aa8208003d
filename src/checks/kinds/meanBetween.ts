import { exactMean } from '../../metrics/exactSum.ts'
import { mean } from '../../metrics/kinds/mean.ts'
import { meanSize } from '../../metrics/meanSize.ts'
import { aggregateCheck } from '../forms/aggregate.ts'
import { plainBounds } from '../parameters/bounds.ts'

/**
 * The arithmetic mean of the column's numbers lies within the limits. Missing values are left out; without any value there
 * is nothing to judge. Next to a limit the mean of doubles is taken to its last digit. Text is read as numbers, and a cell that is none makes it fail. An error for NaN and infinities,
 * and for a column that holds no numbers.
 */
export const meanBetween = aggregateCheck({
  kind: 'meanBetween',
  family: 'statistic',
  says: "The mean of the column's numbers lies within the limits.",
  example: "await expect(orders.column('amount')).toHaveMeanBetween({ min: 20, max: 80 })",
  bounds: plainBounds,
  noun: 'mean',
  asks: 'number',
  metric: (column) => mean(column),
  exact: exactMean,
  size: ({ name, type }) => (type === 'integer' ? undefined : meanSize(name, 'mean')),
})
