import { pairCheck } from '../forms/pair.ts'
import { type TableCheckOptions, tableOptions } from '../parameters/options.ts'
import { other } from '../parameters/other.ts'
import { quoted } from '../../words/text/quoted.ts'

/** The dataset has the columns of another, in any order, whatever they hold; a name is told apart by its capitals. */
export const sameColumns = pairCheck<readonly [typeof other], TableCheckOptions>({
  kind: 'sameColumns',
  family: 'schema',
  says: 'The dataset has the columns of another, in any order.',
  example: 'await expect(today).toHaveSameColumns(yesterday)',
  parameters: [other],
  options: tableOptions,
  words: (_, { name }) => ({ title: `the columns of ${name}`, expected: `the columns of ${name}` }),
  judge: async (_, { here, there }) => {
    const names = here.columns.map(({ name }) => name)
    const wanted = there.columns.map(({ name }) => name)
    const lacking = wanted.filter((name) => !names.includes(name))
    const extra = names.filter((name) => !wanted.includes(name))
    if (lacking.length + extra.length === 0) return { status: 'pass', measured: 'the same columns' }
    const measured = [
      ...(lacking.length > 0 ? [`without ${quoted(lacking)}`] : []),
      ...(extra.length > 0 ? [`with ${quoted(extra)} besides`] : []),
    ].join(', ')
    return { status: 'fail', measured, value: lacking.length + extra.length }
  },
})
