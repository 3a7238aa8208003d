import { all, any, type Dialect, type LogicalType } from '../sql/dialect.ts'
import { type Sql, sql } from '../sql/sql.ts'

/**
 * How the text of a cell must look to be a value of a type. Casting is not validating: engines cast `1.5` to the
 * integer 2 and `yes` to a boolean, so a cell is valid when it matches this grammar and casts. The patterns use only
 * what JavaScript, RE2 and PostgreSQL read alike.
 *
 * - integer: optional sign, digits, no leading zero (`007` is a code, not a number), in 64 bits
 * - number: integer or decimal with `.`, optional exponent, or `NaN`, `Infinity`, `-Infinity`
 * - boolean: `true` or `false`, in any case; `t` or `f`, as PostgreSQL and Redshift export them
 * - date: `YYYY-MM-DD`
 * - timestamp: date and time joined by `T` or a space, optional seconds and fraction
 * - timestamp with zone: the same with seconds, and `Z`, `±hh:mm`, `±hhmm` or `±hh`, with a space before it or not, or
 *   ` UTC`, as databases export them
 * - time: `hh:mm` with optional seconds and fraction
 */
export const lexical: Partial<Record<LogicalType, string>> = {
  integer: '^[+-]?(0|[1-9][0-9]*)$',
  number: '^([+-]?(0|[1-9][0-9]*)([.][0-9]*)?([eE][+-]?[0-9]+)?|[+-]?[.][0-9]+([eE][+-]?[0-9]+)?|NaN|[+-]?Infinity)$',
  boolean: '^([tT][rR][uU][eE]|[fF][aA][lL][sS][eE]|t|f)$',
  date: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
  timestamp: '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?$',
  timestamptz:
    '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?( ?Z| UTC| ?[+-][0-9]{2}(:?[0-9]{2})?)$',
  time: '^[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?$',
}

/**
 * Types whose values are mostly written as the engine writes them back, which costs less to see than the grammar; where
 * it writes other things too (`infinity`, years before Christ), only texts of that length.
 */
const writtenBack: Partial<Record<LogicalType, number | 'any length'>> = {
  integer: 'any length',
  date: 'YYYY-MM-DD'.length,
  timestamp: 'YYYY-MM-DD hh:mm:ss'.length,
}

/**
 * A text as a value of the type: grammar first, cast after. Null for a text that is not written like one, whatever the
 * engine's cast would make of it.
 */
export function valueOfText(text: Sql, type: LogicalType, dialect: Dialect): Sql {
  const grammar = lexical[type]
  const value = dialect.tryCast(type === 'timestamptz' ? withoutSpace(text) : text, type)
  if (grammar === undefined) return value
  const matches = dialect.matches(text, grammar)
  const length = writtenBack[type]
  if (length === undefined || !dialect.casts) return sql`case when ${matches} then ${value} end`
  const same = sql`${dialect.text(value)} = ${text}`
  const usual = length === 'any length' ? same : all([sql`${dialect.codePoints(text)} = ${length}`, same])
  return sql`case when ${any([usual, matches])} then ${value} end`
}

/** A timestamp with a space before its zone, as Snowflake and SQL Server write it, is none to the engine's cast. */
const withoutSpace = (text: Sql): Sql =>
  ['Z', '+', '-'].reduce((one, sign) => sql`replace(${one}, ${` ${sign}`}, ${sign})`, text)

/** A text of the grammar of `timestamptz` as ISO 8601 has it: with `T`, and with `Z` or an offset of hours and minutes. */
export function isoInstant(text: string): string {
  const [, day, time, zone = ''] = /^(.{10}).([\d:.]+) ?(.+)$/.exec(text) ?? []
  if (zone === 'Z' || zone === 'UTC') return `${day}T${time}Z`
  const [hours, minutes] = [zone.slice(0, 3), zone.slice(3).replace(':', '') || '00']
  return `${day}T${time}${hours}:${minutes}`
}

/** A text of the grammar of `boolean` as what it says. */
export const saysTrue = (text: string): boolean => /^t/i.test(text)

const order: readonly LogicalType[] = ['integer', 'number', 'boolean', 'date', 'timestamp', 'timestamptz', 'time']
const patterns = order.map((type) => [type, new RegExp(lexical[type] as string)] as const)

/** Whether an integer has 64 bits; a longer one is a number. */
const fits = (text: string): boolean =>
  text.length < 19 || BigInt.asIntN(64, BigInt(text.replace('+', ''))) === BigInt(text.replace('+', ''))

/**
 * The narrowest type whose grammar all the texts match; `string` when none does or there is no text, and for texts that
 * are all `t` or all `f`: only a column that has both is surely one of booleans.
 */
export function typeOfTexts(texts: Iterable<string>): LogicalType {
  let candidates = patterns
  let seen = false
  const letters = new Set<string>()
  for (const text of texts) {
    seen = true
    if (letters.size < 3) letters.add(text)
    candidates = candidates.filter(
      ([type, pattern]) => text !== '' && pattern.test(text) && (type !== 'integer' || fits(text)),
    )
    if (candidates.length === 0) return 'string'
  }
  if (!seen || (letters.size === 1 && (letters.has('t') || letters.has('f')))) return 'string'
  return (candidates[0] as (typeof patterns)[number])[0]
}
