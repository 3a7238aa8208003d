import { nearest } from '../../errors.ts'
import { tableCheck } from '../forms/table.ts'
import { columnNames } from '../parameters/columns.ts'
import { quoted } from '../../words/text/quoted.ts'

/** At least one of the named columns is there. */
export const someColumn = tableCheck({
  kind: 'someColumn',
  family: 'schema',
  says: 'At least one of these columns is there.',
  example: "await expect(orders).toHaveSomeColumn(['mail', 'phone'])",
  parameters: [columnNames({ least: 1, doc: 'the names of the columns', example: "['mail', 'phone']" })],
  words: ({ columns }) => ({
    title: 'some declared column',
    expected: `at least one of ${quoted(columns)}`,
  }),
  judge({ columns: names }, { columns }) {
    const count = columns.filter(({ name }) => names.includes(name)).length
    const there = columns.map(({ name }) => name)
    const near = names.map((name) => nearest(name, there)).find((name) => name !== undefined)
    return {
      status: count > 0 ? 'pass' : 'fail',
      measured: `${count} of ${names.length} declared columns`,
      value: count,
      ...(count === 0 && near !== undefined ? { message: `did you mean ${JSON.stringify(near)}?` } : {}),
    }
  },
})
