import { around, decimalOf, decimalText, unscaled } from '../cells/decimals.ts'
import type { ColumnCell } from '../cells/cell.ts'
import { PLAIN_DECIMAL } from '../cells/lexical.ts'
import { besideCells } from '../cells/singlePrecision.ts'
import { raw, type Sql, sql } from '../sql/sql.ts'

/** How a value breaks each limit. */
export const beyond = { min: raw('<'), gt: raw('<='), max: raw('>'), lt: raw('>=') }

/** More than any integer of an engine. */
const WIDEST = 2n ** 127n

/**
 * Whether a number breaks a limit, compared as what both are written as: no integer or decimal becomes a double for it,
 * and a decimal of a text file that has the limit's double is looked at digit by digit.
 */
export function breaks(cell: ColumnCell, operator: Sql, limit: number | bigint): Sql {
  const { column, value } = cell
  if (typeof limit === 'number' && !Number.isFinite(limit)) return sql`${value} ${operator} ${limit}`
  if (column.type === 'number') return breaksDouble(cell, operator, limit)
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

/** The same of texts whose double is the limit's, by all their digits; null for a text with an exponent. */
function breaksByDigits(text: Sql, operator: Sql, { digits, scale }: ReturnType<typeof unscaled>): Sql {
  const bare = sql`regexp_replace(${text}, '^[+-]?0*', '')`
  const whole = sql`regexp_extract(${bare}, '^[0-9]*')`
  const fraction = sql`rtrim(regexp_extract(${bare}, '[.]([0-9]*)$', 1), '0')`
  const own = sql`lpad(cast(strlen(${whole}) as varchar), 9, '0') || ${whole} || '.' || ${fraction}`
  const [all = '', part = ''] = decimalText(digits < 0n ? -digits : digits, scale).split('.')
  const front = all.replace(/^0+/, '')
  const other = `${String(front.length).padStart(9, '0')}${front}.${part.replace(/0+$/, '')}`
  const [left, right] = digits < 0n ? [sql`${other}`, own] : [own, sql`${other}`]
  return sql`case when regexp_full_match(${text}, ${PLAIN_DECIMAL}) then ${left} ${operator} ${right} end`
}

function breaksDouble({ column, value, text, readable }: ColumnCell, operator: Sql, limit: number | bigint): Sql {
  const double = besideCells(Number(limit), column)
  const plain = sql`${value} ${operator} ${double}`
  if (readable === 'always') return plain
  // The text of a decimal may be more or less than the limit and have its double.
  const { digits, scale } = unscaled(limit)
  const places = 37 - Math.max(1, String(digits < 0n ? -digits : digits).length - scale)
  const type = raw(`decimal(38, ${places})`)
  const within =
    places < Math.max(0, scale)
      ? plain
      : sql`coalesce(try_cast(${text} as ${type}) ${operator} cast(${decimalText(digits, scale)} as ${type}), ${plain})`
  const exact = digits === 0n ? within : sql`coalesce(${breaksByDigits(text, operator, { digits, scale })}, ${within})`
  // Of most columns no value reaches the limit, and then one comparison says so.
  const reaches = sql`${value} ${operator === beyond.min || operator === beyond.gt ? beyond.gt : beyond.lt} ${double}`
  return sql`case when ${reaches} then case when ${value} = ${double} then ${exact} else true end
    else false end`
}
