import { type Sql, sql } from '../sql/sql.ts'

/** Decimals of so many significant digits are told apart by their doubles. */
export const DOUBLE_DIGITS = 15

/** The digits of a number's text between the zeros around them: `1234` of `-0.0123400e5`. */
export function significantDigits(text: string): string {
  return text.replace(/[eE].*$|[^0-9]/g, '').replace(/^0+|0+$/g, '')
}

/**
 * What tells a number's text from others of the same double: its significant digits where they are more than doubles
 * tell apart, else the empty text.
 */
export function longDigits(text: string): string {
  const digits = significantDigits(text)
  return digits.length > DOUBLE_DIGITS ? digits : ''
}

/** The same of a text in the engine. */
export function longDigitsSql(text: Sql): Sql {
  const bare = sql`regexp_replace(regexp_replace(${text}, '[eE].*$|[^0-9]', '', 'g'), '^0+|0+$', '', 'g')`
  return sql`case when strlen(${text}) <= ${DOUBLE_DIGITS} then '' else regexp_extract(${bare}, '^.{16,}$') end`
}
