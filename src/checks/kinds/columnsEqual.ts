import { holdOneValue } from '../../cells/identity.ts'
import { any } from '../../sql/dialect.ts'
import { sql } from '../../sql/sql.ts'
import { columnsCheck, columnsOptions } from '../forms/columns.ts'
import { columnNames } from '../parameters/columns.ts'

/**
 * In every row the columns hold one and the same value, compared as values: 1 equals 1.0, text is compared exactly. Rows
 * with a missing value in any of them are counted and not tested, unless `missing` says otherwise.
 */
export const columnsEqual = columnsCheck({
  kind: 'columnsEqual',
  matcher: 'toHaveColumnsEqual',
  family: 'rule',
  says: 'In every row the columns hold one and the same value.',
  example: "await expect(orders).toHaveColumnsEqual(['billed', 'paid'])",
  columns: columnNames({ least: 2, doc: 'the names of the columns', example: "['billed', 'paid']", role: 'asked' }),
  options: columnsOptions,
  title: () => 'equal values in each row',
  expected: (columns) => `the same value in ${columns.join(', ')}`,
  breaks(cells, _, { dialect }) {
    const [first, ...others] = cells.map(({ column }) => column)
    if (!first) return any([])
    return any(others.map((column) => sql`not coalesce(${holdOneValue(first, column, dialect)}, (1 = 0))`))
  },
})
