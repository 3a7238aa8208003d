import { commonestCount } from '../../metrics/kinds/commonestCount.ts'
import { aggregateCheck } from '../forms/aggregate.ts'
import { shares } from '../parameters/bounds.ts'

/**
 * The share of the commonest value among the rows that have one lies within the limits: a column that holds one value
 * almost everywhere has become useless, or its source has. Missing values are left out; without any value there is
 * nothing to judge. In a text file a column is what all its cells are; a cell that is not of a type that `types` says
 * makes it fail.
 */
export const commonestShareBetween = aggregateCheck({
  kind: 'commonestShareBetween',
  family: 'set',
  says: 'The share of the commonest value among the rows that have one lies within the limits.',
  example: "await expect(orders.column('channel')).toHaveCommonestShareBetween({ max: 0.9 })",
  bounds: shares,
  noun: 'share of the commonest value',
  share: true,
  discreet: true,
  metric: (column) => commonestCount(column),
  value: (count, { rows, missing }) => (count === null || rows === missing ? null : Number(count) / (rows - missing)),
})
