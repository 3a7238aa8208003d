import type { Dialect, LogicalType } from '../sql/dialect.ts'
import { type Sql, sql } from '../sql/sql.ts'
import { DOUBLE_DIGITS, significantDigits } from './digits.ts'
import { type DecimalType, decimalOf } from './decimals.ts'
import { usualForm } from './usualForm.ts'

/**
 * How the text of a cell must look to be a value of a type. Casting is not validating: engines cast `1.5` to the
 * integer 2 and `yes` to a boolean, so a cell is valid when it matches this grammar and casts. The patterns use only
 * what JavaScript, RE2 and PostgreSQL read alike.
 *
 * - integer: optional sign, digits, no leading zero (`007` is a code, not a number), in the 64 bits of its column, or 128
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

/** Numbers of types whose width is limited, of any length. */
export const plainNumber = (type: LogicalType): string | undefined =>
  type === 'integer' ? lexical.integer : type === 'decimal' ? PLAIN_DECIMAL : undefined

export const PLAIN_DECIMAL = '^[+-]?((0|[1-9][0-9]*)([.][0-9]*)?|[.][0-9]+)$'

/** How the text of cells is read. */
export interface TextType {
  readonly type: LogicalType
  /** The engine's type of the values, where that of `type` would round or not hold them: `HUGEINT`, `DECIMAL(38,6)`. */
  readonly native?: string | undefined
}

/**
 * A text as a value of the type: grammar first, cast after. Null for a text that is not written like one, whatever the
 * engine's cast would make of it. Where there may be many `rows`, more is planned so that each costs less.
 */
export function valueOfText(
  text: Sql,
  type: LogicalType,
  dialect: Dialect,
  { native, rows = 0 }: { readonly native?: string | undefined; readonly rows?: number } = {},
): Sql {
  const decimal = native === undefined ? undefined : decimalOf(native)
  const grammar = decimal ? decimalGrammar(decimal) : lexical[type]
  const value = dialect.tryCast(type === 'timestamptz' ? withoutSpace(text) : text, type, native)
  if (grammar === undefined) return value
  const matches = dialect.matches(text, grammar)
  const usual = dialect.casts ? usualForm(type, { text, value, dialect, rows }) : undefined
  // No "or": what the engine spends on planning one grows with the square of the columns that have one.
  return usual ? sql`case ${usual} when ${matches} then ${value} end` : sql`case when ${matches} then ${value} end`
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

/** What is written with no more digits than a decimal has, so that its cast rounds nothing. */
function decimalGrammar({ precision, scale }: DecimalType): string {
  const more = Math.max(0, precision - scale - 1)
  const whole = `(0|[1-9][0-9]{0,${more}})`
  if (scale === 0) return `^[+-]?${whole}[.]?$`
  return `^[+-]?(${whole}([.][0-9]{0,${scale}})?|[.][0-9]{1,${scale}})$`
}

const order: readonly LogicalType[] = ['integer', 'number', 'boolean', 'date', 'timestamp', 'timestamptz', 'time']
const patterns = order.map((type) => [type, new RegExp(lexical[type] as string)] as const)

/**
 * How texts are read: as the narrowest type whose grammar all of them match, and in which none of them is rounded.
 * Integers have 64 bits, or 128 where one needs them; decimals that doubles do not hold are exact ones of 38 digits;
 * what is longer is `string`, as are texts of several kinds, no text, and texts that are all `t` or all `f`: only a column
 * that has both is surely one of booleans. A declared type stays; integers and decimals get
 * the width that the texts need.
 */
export function typeOfTexts(texts: Iterable<string>, declared?: LogicalType): TextType {
  if (declared !== undefined && declared !== 'integer' && declared !== 'decimal') return { type: declared }
  let candidates = declared === undefined ? patterns : []
  const width = new Width()
  let seen = false
  const letters = new Set<string>()
  for (const text of texts) {
    seen = true
    if (letters.size < 3) letters.add(text)
    width.add(text)
    if (declared !== undefined) continue
    candidates = candidates.filter(([, pattern]) => text !== '' && pattern.test(text))
    if (candidates.length === 0) return { type: 'string' }
  }
  const alike = letters.size === 1 && (letters.has('t') || letters.has('f'))
  const type = declared ?? (seen && !alike ? (candidates[0] as (typeof patterns)[number])[0] : 'string')
  if (type === 'integer') return width.integer(declared !== undefined) ?? { type: width.rounded ? 'string' : 'number' }
  if (type === 'decimal') return width.decimal() ?? { type, native: 'DECIMAL(38,10)' }
  if (type === 'number' && width.rounded) return width.decimal() ?? { type: 'string' }
  return { type }
}

/** The digits that texts of numbers take. */
class Width {
  private whole = 1
  private fraction = 0
  private exponents = false
  private bits: 64 | 128 = 64
  private beyond = false
  /** Some decimal is none that a double is written as. */
  rounded = false

  add(text: string): void {
    const [, digits, fraction = '', exponent] = decimalText.exec(text) ?? []
    if (digits === undefined) return
    this.exponents ||= exponent !== undefined
    this.whole = Math.max(this.whole, digits.length)
    this.fraction = Math.max(this.fraction, fraction.length)
    if (text.length > DOUBLE_DIGITS) this.rounded ||= !heldByDouble(text)
    if (text.length < 19 || fraction !== '' || exponent !== undefined) return
    const value = BigInt(text.replace(/^\+|\.$/g, ''))
    if (BigInt.asIntN(128, value) !== value) this.beyond = true
    else if (BigInt.asIntN(64, value) !== value) this.bits = 128
  }

  /** Undefined where one is wider than any column, and that is not declared to be none. */
  integer(declared: boolean): TextType | undefined {
    if (this.beyond && !declared) return undefined
    return this.bits === 128 ? { type: 'integer', native: 'HUGEINT' } : { type: 'integer' }
  }

  /** The exact decimal with digits to spare on both sides; undefined where 38 are too few. */
  decimal(): TextType | undefined {
    const spare = 38 - this.whole - this.fraction
    if (this.exponents || spare < 0) return undefined
    return { type: 'decimal', native: `DECIMAL(38,${this.fraction + (spare >> 1)})` }
  }
}

const decimalText = /^[+-]?([0-9]*)(?:[.]([0-9]*))?([eE][+-]?[0-9]+)?$/

/** Whether a double written with as many digits is that decimal; infinities and what is near zero are left alone. */
function heldByDouble(text: string): boolean {
  const value = Number(text)
  const digits = significantDigits(text)
  if (digits.length <= DOUBLE_DIGITS || !Number.isFinite(value)) return true
  return digits.length <= 100 && significantDigits(value.toPrecision(digits.length)) === digits
}
