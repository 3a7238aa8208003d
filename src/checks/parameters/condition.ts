import { AssayError, kindOf } from '../../errors.ts'
import { conditionText } from '../../dataset/condition.ts'
import { authored, isSql, type Sql } from '../../sql/sql.ts'
import type { Parameter } from './parameter.ts'

/** A condition over the columns of a row, in SQL. */
export const condition: Parameter<'condition', Sql, [condition: Sql]> = {
  name: 'condition',
  role: 'asked',
  doc: 'SQL that is true or false for a row; in a contract as text',
  type: 'Sql',
  example: 'sql`amount >= 0 or refund`',
  parse(value, { asker }) {
    if (!isSql(value))
      throw new AssayError('wrong-argument', `${asker} got ${kindOf(value)}, which is no SQL`, {
        hint:
          typeof value === 'function'
            ? 'toSatisfyRows and rowsSatisfy take a function'
            : "write it with the tag, after import { sql } from 'assay': sql`high >= low`",
      })
    const text = conditionText(value)
    if (text === '')
      throw new AssayError('wrong-argument', `${asker} got no condition`, { hint: 'e.g. sql`high >= low`' })
    // As a contract has it, so that both ask the engine the same: a number is a literal.
    return authored(text)
  },
  toJSON: conditionText,
  fromJSON(json, { asker }) {
    if (typeof json === 'string') return authored(json)
    throw new AssayError('wrong-argument', `${asker} got the condition ${JSON.stringify(json)}`, {
      hint: 'write SQL as text: "condition": "high >= low"',
    })
  },
  identity: conditionText,
}
