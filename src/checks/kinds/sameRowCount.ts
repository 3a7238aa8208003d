import { rowCount } from '../../metrics/kinds/rowCount.ts'
import { countText, numberText } from '../../words/text/numbers.ts'
import { pairCheck } from '../forms/pair.ts'
import { type TableCheckOptions, tableOptions } from '../parameters/options.ts'
import { other } from '../parameters/other.ts'

/** The dataset has as many rows as another. Where records of the other could not be read, a difference shows nothing. */
export const sameRowCount = pairCheck<readonly [typeof other], TableCheckOptions>({
  kind: 'sameRowCount',
  family: 'volume',
  says: 'The dataset has as many rows as another.',
  example: 'await expect(orders).toHaveSameRowCount(invoices)',
  parameters: [other],
  options: tableOptions,
  words: (_, { name }) => ({ title: `as many rows as ${name}`, expected: `as many rows as ${name}` }),
  async judge({ dataset, values: { other: target } }, { context }) {
    const [{ rows }, { rows: wanted }] = await Promise.all([
      context.measure(dataset, { rows: rowCount() }),
      context.measure(target, { rows: rowCount() }),
    ])
    return {
      status: rows === wanted ? 'pass' : 'fail',
      measured: `${countText(rows, 'row')}, and ${numberText(wanted)} there`,
      value: rows,
    }
  },
})
