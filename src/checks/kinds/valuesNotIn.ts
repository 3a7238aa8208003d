import { isOneOf } from '../../cells/cellValue.ts'
import { sql } from '../../sql/sql.ts'
import { countText, numberText } from '../../words/text/numbers.ts'
import { rowCheck } from '../forms/row.ts'
import { values } from '../parameters/values.ts'
import { askedFor, listInWords } from './valuesIn.ts'

/**
 * No value of the column is one of `values`, compared as values: `1` is no text, text is compared exactly. Missing values
 * are counted and not tested. An error for an empty set, and for values that the column's type cannot hold.
 */
export const valuesNotIn = rowCheck({
  kind: 'valuesNotIn',
  family: 'set',
  says: 'No value of the column is one of the given ones.',
  example: "await expect(orders.column('status')).toHaveValuesNotIn(['test', 'unknown'])",
  parameters: [{ ...values, doc: 'the values that must not occur, as a list or a Set' }],
  title: ({ values: refused }) => `values not in ${listInWords(refused)}`,
  expected: ({ values: refused }) => `none of ${listInWords(refused)}`,
  discreet: ({ values: refused }) => ({
    title: `values not in a list of ${numberText(refused.length)}`,
    expected: `none of ${countText(refused.length, 'value')}`,
  }),
  asks: ({ values: refused }) => askedFor(refused),
  breaks: ({ column, value }, { values: refused }, { dialect }) =>
    sql`(${value} is not null and ${isOneOf(value, column, refused, dialect)})`,
})
