import { exactSum } from '../../metrics/exactSum.ts'
import { sum } from '../../metrics/kinds/sum.ts'
import { meanSize } from '../../metrics/meanSize.ts'
import { aggregateCheck } from '../forms/aggregate.ts'
import { bounds } from '../parameters/bounds.ts'

/**
 * The numbers of the column add up to something within the limits. Missing values are left out; without any value there
 * is nothing to judge. A column of text or of several types is read as numbers; a cell that is none makes it fail: a sum
 * that leaves it out is not the column's. Next to a limit the sum of doubles is taken to its last digit, whatever order they
 * are read in. An error for NaN and infinities, and for a column that holds no numbers.
 */
export const sumBetween = aggregateCheck({
  kind: 'sumBetween',
  family: 'statistic',
  says: 'The numbers of the column add up to something within the limits.',
  example: "await expect(orders.column('share')).toHaveSumBetween({ min: 0.99, max: 1.01 })",
  bounds,
  noun: 'sum',
  asks: 'number',
  metric: (column) => sum(column),
  exact: exactSum,
  // Integers are added up without rounding.
  size: ({ name, type }) => (type === 'integer' ? undefined : meanSize(name, 'sum')),
})
