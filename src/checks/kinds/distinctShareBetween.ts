import { distinctCount } from '../../metrics/kinds/distinctCount.ts'
import { aggregateCheck } from '../forms/aggregate.ts'
import { shares } from '../parameters/bounds.ts'

/**
 * The number of different values of the column, as a share of the rows that have one, lies within the limits: 1 where
 * all are different. Missing values are left out; without any value there is nothing to judge. In a text file a column
 * is what all its cells are; a cell that is not of a type that `types` says makes it fail.
 */
export const distinctShareBetween = aggregateCheck({
  kind: 'distinctShareBetween',
  family: 'unique',
  says: 'The number of different values, as a share of the rows that have one, lies within the limits.',
  example: "await expect(orders.column('customer')).toHaveDistinctShareBetween({ min: 0.1 })",
  bounds: shares,
  noun: 'share of different values',
  share: true,
  discreet: true,
  metric: (column) => distinctCount(column),
  value: (distinct, { rows, missing }) => (rows === missing ? null : Number(distinct) / (rows - missing)),
})
