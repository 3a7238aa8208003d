import { any } from '../../sql/dialect.ts'
import { type Sql, sql } from '../../sql/sql.ts'
import { inWords } from '../bounds.ts'
import { checkText } from '../checkText.ts'
import { rowCheck } from '../forms/row.ts'
import { counts } from '../parameters/bounds.ts'

/**
 * Every text of the column has a length within the limits, in code points: an emoji of one code point counts once, a
 * family joined of five counts five. Missing values are counted and not tested; the empty text has length 0. An error
 * for a column that holds no text.
 */
export const valueLengthBetween = rowCheck({
  kind: 'valueLengthBetween',
  family: 'pattern',
  says: 'Every text of the column has a length, in code points, within the limits.',
  example: "await expect(orders.column('country')).toHaveValueLengthBetween({ min: 2, max: 2 })",
  parameters: [counts({ singular: 'a length', plural: 'length' }, '{ max: 80 }')],
  title: ({ bounds }) => `lengths ${inWords(bounds)}`,
  expected: ({ bounds }) => `${inWords(bounds)} characters`,
  limit: ({ bounds }) => bounds,
  asks: () => 'string',
  breaks({ column, value }, { bounds: { min, max, gt, lt } }, { dialect }) {
    checkText(column)
    const length = dialect.codePoints(value)
    const broken: Sql[] = []
    if (min !== undefined) broken.push(sql`${length} < ${min}`)
    if (gt !== undefined) broken.push(sql`${length} <= ${gt}`)
    if (max !== undefined) broken.push(sql`${length} > ${max}`)
    if (lt !== undefined) broken.push(sql`${length} >= ${lt}`)
    return any(broken)
  },
})
