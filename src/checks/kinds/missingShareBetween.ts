import { missingCount } from '../../metrics/kinds/missingCount.ts'
import { aggregateCheck } from '../forms/aggregate.ts'
import { shares } from '../parameters/bounds.ts'

/**
 * The share of rows without a value in the column lies within the limits: 0.05 is 5 %. Every row is tested; without rows
 * there is nothing to judge. In a text file a cell that is not of its column's type is a value.
 */
export const missingShareBetween = aggregateCheck({
  kind: 'missingShareBetween',
  family: 'missing',
  says: 'The share of rows without a value in the column lies within the limits.',
  example: "await expect(orders.column('coupon')).toHaveMissingShareBetween({ min: 0.5, max: 0.9 })",
  bounds: shares,
  noun: 'share of missing values',
  share: true,
  ofRows: true,
  discreet: true,
  metric: (column) => missingCount(column),
  value: (missing, { rows }) => (rows === 0 ? null : Number(missing) / rows),
})
