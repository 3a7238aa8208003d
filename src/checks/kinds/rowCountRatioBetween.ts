import { rowCount } from '../../metrics/kinds/rowCount.ts'
import { numberText } from '../../words/text/numbers.ts'
import { inWords, limitsOf, within } from '../bounds.ts'
import { pairCheck } from '../forms/pair.ts'
import { magnitudes } from '../parameters/bounds.ts'
import { type TableCheckOptions, tableOptions } from '../parameters/options.ts'
import { other } from '../parameters/other.ts'

/**
 * The number of rows, divided by that of another dataset, lies within the limits: 1 where both have as many. Without rows
 * in the other there is nothing to judge.
 */
export const rowCountRatioBetween = pairCheck<readonly [typeof other, typeof magnitudes], TableCheckOptions>({
  kind: 'rowCountRatioBetween',
  family: 'volume',
  says: 'The number of rows, divided by that of another dataset, lies within the limits.',
  example: 'await expect(today).toHaveRowCountRatioBetween(yesterday, { min: 0.9, max: 1.2 })',
  parameters: [other, magnitudes],
  options: tableOptions,
  words: ({ values: { bounds } }, { name }) => ({
    title: `rows for each row of ${name} ${inWords(bounds)}`,
    expected: inWords(bounds),
    limit: bounds,
  }),
  async judge({ dataset, values: { other: target, bounds } }, { context }) {
    const [{ rows }, { rows: theirs }] = await Promise.all([
      context.measure(dataset, { rows: rowCount() }),
      context.measure(target, { rows: rowCount() }),
    ])
    if (theirs === 0) return { status: 'vacuous', measured: 'nothing to judge', message: `${target.name} has no rows` }
    const value = rows / theirs
    return {
      status: within(value, bounds) ? 'pass' : 'fail',
      measured: `${numberText(value, limitsOf(bounds))} (${numberText(rows)} / ${numberText(theirs)})`,
      value,
    }
  },
})
