import { rowCount as rows } from '../../metrics/kinds/rowCount.ts'
import { countText } from '../../words/text/numbers.ts'
import { inWords, within } from '../bounds.ts'
import { tableCheck } from '../forms/table.ts'
import { countsOrExactly } from '../parameters/bounds.ts'

/**
 * The dataset has a number of rows within the limits; a number means exactly that many. No rows are 0 rows. An error for
 * limits that every number of rows meets, such as `{ min: 0 }`.
 */
export const rowCount = tableCheck({
  kind: 'rowCount',
  family: 'volume',
  says: 'The number of rows lies within the limits; a plain number means exactly that many.',
  example: 'await expect(orders).toHaveRowCount({ min: 1000 })',
  parameters: [countsOrExactly({ singular: 'a number of rows', plural: 'number of rows' })],
  words: ({ bounds }) => ({
    title: `row count ${inWords(bounds)}`,
    expected: `${inWords(bounds)} rows`,
    limit: bounds,
  }),
  metrics: () => ({ count: rows() }),
  judge: ({ bounds }, _, { count }) => ({
    status: within(count, bounds) ? 'pass' : 'fail',
    measured: countText(count, 'row'),
    value: count,
  }),
})
