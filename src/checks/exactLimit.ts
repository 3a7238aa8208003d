import { around, decimalOf, decimalText, unscaled } from '../cells/decimals.ts'
import type { ColumnCell } from '../cells/cell.ts'
import { raw, type Sql, sql } from '../sql/sql.ts'

/** How a value breaks each limit. */
export const beyond = { min: raw('<'), gt: raw('<='), max: raw('>'), lt: raw('>=') }

/** More than any integer of an engine. */
const WIDEST = 2n ** 127n

/**
 * Whether a number breaks a limit, compared as what both are written as: no integer or decimal becomes a double for it,
 * and a decimal of a text file that has the limit's double is looked at digit by digit.
 */
export function breaks({ column, value, text, readable }: ColumnCell, operator: Sql, limit: number | bigint): Sql {
  if (typeof limit === 'number' && !Number.isFinite(limit)) return sql`${value} ${operator} ${limit}`
  if (column.type === 'number') return breaksDouble({ value, text, readable }, operator, limit)
  const decimal = column.type === 'integer' ? { precision: 38, scale: 0 } : decimalOf(column.native)
  if (!decimal) return sql`${value} ${operator} ${limit}`
  const { precision, scale } = decimal
  const { below, above } = around(limit, scale)
  // Between two values of the column, a limit is the lower one for `<=` and `>`, and the higher one for `<` and `>=`.
  const count = operator === beyond.gt || operator === beyond.max ? below : above
  const most = column.type === 'integer' ? WIDEST : 10n ** BigInt(precision)
  const upward = operator === beyond.max || operator === beyond.lt
  if (count >= most || count <= -most) {
    const always = count > 0n ? !upward : upward
    return always ? sql`${value} is not null` : raw('(1 = 0)')
  }
  const exact =
    column.type === 'integer'
      ? sql`${fits(count)}`
      : sql`cast(${decimalText(count, scale)} as ${raw(`decimal(${precision}, ${scale})`)})`
  return sql`${value} ${operator} ${exact}`
}

const fits = (count: bigint): number | bigint => (Number.isSafeInteger(Number(count)) ? Number(count) : count)

function breaksDouble(
  { value, text, readable }: Pick<ColumnCell, 'value' | 'text' | 'readable'>,
  operator: Sql,
  limit: number | bigint,
): Sql {
  const double = Number(limit)
  const plain = sql`${value} ${operator} ${double}`
  if (readable === 'always') return plain
  // The text of a decimal may be more or less than the limit and have its double.
  const { digits, scale } = unscaled(limit)
  const places = 37 - Math.max(1, String(digits < 0n ? -digits : digits).length - scale)
  if (places < Math.max(0, scale)) return plain
  const type = raw(`decimal(38, ${places})`)
  const exact = sql`try_cast(${text} as ${type}) ${operator} cast(${decimalText(digits, scale)} as ${type})`
  // Of most columns no value reaches the limit, and then one comparison says so.
  const reaches = sql`${value} ${operator === beyond.min || operator === beyond.gt ? beyond.gt : beyond.lt} ${double}`
  return sql`case when ${reaches} then case when ${value} = ${double} then coalesce(${exact}, ${plain}) else true end
    else false end`
}
