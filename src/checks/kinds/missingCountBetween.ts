import { missingCount } from '../../metrics/kinds/missingCount.ts'
import { aggregateCheck } from '../forms/aggregate.ts'
import { counts } from '../parameters/bounds.ts'

/**
 * The number of rows without a value in the column lies within the limits. Every row is tested; without rows there is
 * nothing to judge. In a text file a cell that is not of its column's type is a value.
 */
export const missingCountBetween = aggregateCheck({
  kind: 'missingCountBetween',
  family: 'missing',
  says: 'The number of rows without a value in the column lies within the limits.',
  example: "await expect(orders.column('coupon')).toHaveMissingCountBetween({ max: 20 })",
  bounds: counts({ singular: 'a number of rows', plural: 'number of rows' }, '{ max: 20 }'),
  noun: 'number of missing values',
  ofRows: true,
  discreet: true,
  metric: (column) => missingCount(column),
})
