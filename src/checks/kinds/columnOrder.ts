import { tableCheck } from '../forms/table.ts'
import { columnNames } from '../parameters/columns.ts'

const shown = (name: string | undefined): string => JSON.stringify(name)

/**
 * The named columns that are there stand in the order of the names; others may stand between them. Vacuous where none is there.
 */
export const columnOrder = tableCheck({
  kind: 'columnOrder',
  family: 'schema',
  says: 'The columns that are there stand in this order; others may stand between them. Without any of them the check is vacuous.',
  example: "await expect(orders).toHaveColumnOrder(['id', 'amount'])",
  parameters: [
    columnNames({
      least: 1,
      doc: 'the names of the columns in their order',
      example: "['id', 'amount']",
      ordered: true,
    }),
  ],
  words: ({ columns }) => ({ title: 'columns in the declared order', expected: columns.map(shown).join(', ') }),
  judge({ columns: names }, { columns }) {
    const present = columns.map(({ name }) => name).filter((name) => names.includes(name))
    if (present.length === 0) return { status: 'vacuous', measured: 'none of them is there' }
    const wanted = names.filter((name) => present.includes(name))
    const place = present.findIndex((name, i) => name !== wanted[i])
    return place < 0
      ? { status: 'pass', measured: 'the declared order' }
      : { status: 'fail', measured: `${shown(present[place])} stands where ${shown(wanted[place])} should` }
  },
})
