import { distinctCount } from '../../metrics/kinds/distinctCount.ts'
import { aggregateCheck } from '../forms/aggregate.ts'
import { counts } from '../parameters/bounds.ts'

/**
 * The column holds a number of different values within the limits. Missing values are left out; without any value there
 * is nothing to judge. In a text file a column is what all its cells are; a cell that is not of a type that `types` says
 * makes it fail. An error for limits that every number of values meets, such as `{ min: 0 }`.
 */
export const distinctCountBetween = aggregateCheck({
  kind: 'distinctCountBetween',
  family: 'unique',
  says: 'The number of different values of the column lies within the limits.',
  example: "await expect(orders.column('channel')).toHaveDistinctCountBetween({ min: 2, max: 10 })",
  bounds: counts({ singular: 'a number of values', plural: 'number of values' }),
  noun: 'number of different values',
  discreet: true,
  metric: (column) => distinctCount(column),
})
