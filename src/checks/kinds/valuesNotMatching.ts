import { spellsOut } from '../../dataset/personal.ts'
import { portableRegex } from '../../sql/portableRegex.ts'
import { raw } from '../../sql/sql.ts'
import { rowCheck } from '../forms/row.ts'
import { pattern } from '../parameters/pattern.ts'
import { checkText } from '../checkText.ts'

/**
 * No text of the column matches a regular expression anywhere, with JavaScript's syntax and meaning under flag `u`.
 * Missing values are counted and not tested. An error for an expression that is not valid under flag `u` or that every
 * text matches, and for a column that holds no text.
 */
export const valuesNotMatching = rowCheck({
  kind: 'valuesNotMatching',
  family: 'pattern',
  says: 'No text of the column matches the regular expression.',
  example: "await expect(orders.column('note')).toHaveValuesNotMatching(/\\d{16}/u)",
  parameters: [pattern],
  title: ({ pattern: { shown } }) => `values not matching ${shown}`,
  expected: ({ pattern: { shown } }) => `not matching ${shown}`,
  discreet: ({ pattern: { regex } }) =>
    spellsOut(regex) ? { title: 'values not matching an expression', expected: 'not matching it' } : undefined,
  asks: () => 'string',
  inScript: ({ pattern: { regex } }) =>
    portableRegex(regex.source, regex.flags) === undefined ? (text) => !regex.test(text) : undefined,
  breaks({ column, value }, { pattern: { regex } }, { dialect }) {
    checkText(column)
    const portable = portableRegex(regex.source, regex.flags)
    return portable === undefined ? raw('(1 = 0)') : dialect.matches(value, portable)
  },
})
