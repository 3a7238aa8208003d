import { type Instant, isEarlier } from '../../cells/instants.ts'
import { isFloating, isNumeric } from '../../metrics/metric.ts'
import { any } from '../../sql/dialect.ts'
import { type Sql, sql } from '../../sql/sql.ts'
import { asNumbers, inWords } from '../bounds.ts'
import { beyond, breaks } from '../exactLimit.ts'
import { checkTimes, refuseTimes } from '../checkTimes.ts'
import { rowCheck } from '../forms/row.ts'
import { areInstants, limitText } from '../limits.ts'
import { limits } from '../parameters/bounds.ts'
import { FOR_TEXT, wrongType } from '../wrongType.ts'

/**
 * Every number of the column lies within the limits; compared exactly, by the digits a limit is written with. Limits that
 * are days or times are those of a column of such. Missing values are counted and not tested; NaN and infinities are no
 * valid numbers and fail. A column of text or of several types is read as what the limits are, and its cells that are none
 * fail. An error for a column that holds nothing of that.
 */
export const valuesBetween = rowCheck({
  kind: 'valuesBetween',
  family: 'range',
  says: 'Every number, day or time of the column lies within the limits.',
  example: "await expect(orders.column('amount')).toHaveValuesBetween({ min: 0, max: 10_000 }, { mostly: 0.99 })",
  parameters: [limits],
  title: ({ bounds }) => `values ${inWords(bounds, limitText)}`,
  expected: ({ bounds }) => inWords(bounds, limitText),
  limit: ({ bounds }) => asNumbers(bounds),
  discreet: ({ bounds: { min, max } }) =>
    min !== undefined && max !== undefined && Number(min) === Number(max)
      ? { title: 'values equal to one value', expected: 'one value', without: ['limit'] }
      : undefined,
  asks: ({ bounds }) => (areInstants(bounds) ? 'time' : 'number'),
  breaks(cell, { bounds: limits }, { dialect }) {
    const { column, value } = cell
    const operators = Object.entries(beyond) as [keyof typeof beyond, Sql][]
    if (areInstants(limits)) {
      checkTimes(column)
      return any(
        operators.flatMap(([limit]) =>
          limits[limit] === undefined ? [] : [isBeyond(cell, limit, sql`${limits[limit] as Date}`)],
        ),
      )
    }
    refuseTimes(column)
    if (!isNumeric(column)) throw wrongType(column, 'not numbers', FOR_TEXT)
    const { min, max, gt, lt } = limits
    const broken = operators.flatMap(([limit, operator]) => {
      const wanted = limits[limit] as number | bigint | undefined
      return wanted === undefined ? [] : [breaks(cell, operator, wanted)]
    })
    // NaN sorts above everything, so an upper limit catches it; the infinities need the limit of their side.
    const open = (max ?? lt) === undefined || (min ?? gt) === undefined
    if (isFloating(column) && open) broken.push(sql`not ${dialect.isFinite(value)}`)
    return any(broken)
  },
})

/** Whether a day or time breaks a limit. */
function isBeyond(cell: Instant, limit: keyof typeof beyond, value: Sql): Sql {
  const orEqual = limit === 'gt' || limit === 'lt'
  return limit === 'min' || limit === 'gt'
    ? isEarlier(cell, { value }, { orEqual })
    : isEarlier({ value }, cell, { orEqual })
}
