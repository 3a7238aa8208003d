import { spellsOut } from '../../dataset/personal.ts'
import { portableRegex } from '../../sql/portableRegex.ts'
import { raw, sql } from '../../sql/sql.ts'
import { checkText } from '../checkText.ts'
import { rowCheck } from '../forms/row.ts'
import { type Pattern, pattern } from '../parameters/pattern.ts'

/**
 * Every text of the column matches a regular expression somewhere (use `^` and `$` for all of it), with JavaScript's
 * syntax and meaning under flag `u`. Runs in the engine where that can keep the meaning, else on the column's
 * distinct values in JavaScript. Missing values are counted and not tested. An error for an expression that is not
 * valid under flag `u` or that every text matches, and for a column that holds no text.
 */
export const valuesMatching = rowCheck({
  kind: 'valuesMatching',
  family: 'pattern',
  says: 'Every text of the column matches the regular expression.',
  example: "await expect(orders.column('email')).toHaveValuesMatching(/^[^@ ]+@[^@ ]+$/u)",
  parameters: [pattern],
  title: ({ pattern: { shown } }) => `values matching ${shown}`,
  expected: ({ pattern: { shown } }) => `matching ${shown}`,
  // An expression that spells something out may spell a value.
  discreet: ({ pattern: { regex } }) =>
    spellsOut(regex) ? { title: 'values matching an expression', expected: 'matching an expression' } : undefined,
  asks: () => 'string',
  inScript: ({ pattern: asked }) => (portableOf(asked) === undefined ? (text) => asked.regex.test(text) : undefined),
  breaks({ column, value }, { pattern: asked }, { dialect }) {
    checkText(column)
    const portable = portableOf(asked)
    return portable === undefined ? raw('(1 = 0)') : sql`not ${dialect.matches(value, portable)}`
  },
})

const portableOf = ({ regex: { source, flags } }: Pattern): string | undefined => portableRegex(source, flags)
