import { portableRegex } from '../../sql/portableRegex.ts'
import { sql } from '../../sql/sql.ts'
import { checkText } from '../checkText.ts'
import { rowCheck } from '../forms/row.ts'

const SPACE = portableRegex('\\S', 'u') as string

/**
 * Every text of the column holds something else than white space, as JavaScript knows it. Missing values are counted and
 * not tested; an empty cell of CSV is one, unless the dataset says otherwise. An error for a column that holds no text.
 */
export const valuesNotBlank = rowCheck({
  kind: 'valuesNotBlank',
  family: 'pattern',
  says: 'Every text of the column holds something else than white space.',
  example: "await expect(orders.column('name')).toHaveValuesNotBlank()",
  parameters: [],
  title: () => 'no blank values',
  expected: () => 'more than white space',
  asks: () => 'string',
  breaks({ column, value }, _, { dialect }) {
    checkText(column)
    return sql`not ${dialect.matches(value, SPACE)}`
  },
})
