import { nearest } from '../../errors.ts'
import { tableCheck } from '../forms/table.ts'
import { columnName } from '../parameters/columns.ts'

/** The dataset has a column of that name, whatever it holds; a column that is not there fails, naming the nearest. */
export const hasColumn = tableCheck({
  kind: 'hasColumn',
  matcher: 'toHaveColumn',
  family: 'schema',
  says: 'The dataset has a column of that name, whatever it holds.',
  example: "await expect(orders).toHaveColumn('amount')",
  parameters: [columnName],
  words: ({ column }) => ({
    columns: [column],
    title: 'column is present',
    expected: `a column ${JSON.stringify(column)}`,
  }),
  judge({ column: name }, { columns }) {
    const match = columns.find((column) => column.name === name)
    if (match) return { status: 'pass', measured: `present, holds ${match.type} values` }
    const names = columns.map((column) => column.name)
    const near = nearest(name, names)
    return {
      status: 'fail',
      measured: 'no such column',
      message: near
        ? `there is no column ${JSON.stringify(name)}; the nearest is ${JSON.stringify(near)}`
        : `there is no column ${JSON.stringify(name)} among the ${names.length} of this dataset`,
    }
  },
})
