import { countText } from '../../words/text/numbers.ts'
import { inWords, within } from '../bounds.ts'
import { tableCheck } from '../forms/table.ts'
import { countsOrExactly } from '../parameters/bounds.ts'

/** The dataset has a number of columns within the limits; a number means exactly that many. */
export const columnCount = tableCheck({
  kind: 'columnCount',
  family: 'schema',
  says: 'The number of columns lies within the limits; a plain number means exactly that many.',
  example: 'await expect(orders).toHaveColumnCount(6)',
  parameters: [countsOrExactly({ singular: 'a number of columns', plural: 'number of columns' })],
  words: ({ bounds }) => ({
    title: `column count ${inWords(bounds)}`,
    expected: `${inWords(bounds)} columns`,
    limit: bounds,
  }),
  judge: ({ bounds }, { columns: { length } }) => ({
    status: within(length, bounds) ? 'pass' : 'fail',
    measured: countText(length, 'column'),
    value: length,
  }),
})
