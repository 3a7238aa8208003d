import { holdOneValue } from '../../cells/identity.ts'
import { any } from '../../sql/dialect.ts'
import { sql } from '../../sql/sql.ts'
import { columnsCheck, columnsOptions } from '../forms/columns.ts'
import { columnNames } from '../parameters/columns.ts'

/**
 * In every row the columns hold values that all differ, compared as values: 1 equals 1.0, text is compared exactly. Rows
 * with a missing value in any of them are counted and not tested, unless `missing` says otherwise.
 */
export const columnsDistinct = columnsCheck({
  kind: 'columnsDistinct',
  family: 'rule',
  says: 'In every row the columns hold values that all differ.',
  example: "await expect(trips).toHaveColumnsDistinct(['origin', 'destination'])",
  columns: columnNames({
    least: 2,
    doc: 'the names of the columns',
    example: "['origin', 'destination']",
    role: 'asked',
  }),
  options: columnsOptions,
  title: () => 'different values in each row',
  expected: (columns) => `different values in ${columns.join(', ')}`,
  breaks(cells, _, { dialect }) {
    const columns = cells.map(({ column }) => column)
    const pairs = columns.flatMap((mine, i) => columns.slice(i + 1).map((other) => [mine, other] as const))
    return sql`coalesce(${any(pairs.map(([mine, other]) => holdOneValue(mine, other, dialect)))}, (1 = 0))`
  },
})
