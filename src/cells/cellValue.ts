import type { Column } from '../engine/engine.ts'
import { discreetTypeWords, typeWords } from '../engine/typeWords.ts'
import { AssayError, kindOf } from '../errors.ts'
import { all, any, type Dialect, isIn, type LogicalType } from '../sql/dialect.ts'
import { type Bindable, id, instantText, isDate, join, raw, type Sql, sql } from '../sql/sql.ts'
import { around, decimalOf, decimalText } from './decimals.ts'
import { longDigits, longDigitsSql } from './digits.ts'
import { hasNanoseconds, isWithinNanoseconds } from './instants.ts'
import { isoInstant, lexical } from './lexical.ts'
import { besideCells } from './singlePrecision.ts'

/** A value that cells are compared with: dates and times as `Date` or in ISO 8601 (without zone: UTC). */
export type CellValue = string | number | bigint | boolean | Date

/** Whether cells can be compared with a value: text, a finite number, a bigint, a boolean or a valid date. */
export function isCellValue(value: unknown): value is CellValue {
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value === 'string') return !/\p{Surrogate}/u.test(value)
  return typeof value === 'bigint' || typeof value === 'boolean' || (isDate(value) && !Number.isNaN(value.getTime()))
}

/** A value that may be anything, short, for an error. */
export function shownValue(value: unknown): string {
  if (isDate(value)) return Number.isNaN(value.getTime()) ? 'an invalid Date' : value.toISOString()
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value !== 'string') return kindOf(value)
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value)
}

/**
 * `cell` is one of the values, as values of its column's type; never null for a cell that is present. Throws an
 * AssayError for a value that no cell of the column can be.
 */
export function isOneOf(cell: Sql, column: Column, values: readonly CellValue[], dialect: Dialect): Sql {
  const accept = acceptors[column.type]
  if (!accept) throw wrongType(column, 'values that cannot be listed')
  const uuid = column.native.toUpperCase() === 'UUID'
  const spelled = values.map((value) => {
    const found = accept(uuid && typeof value === 'string' ? value.toLowerCase() : value, column)
    if (found === undefined) throw wrongType(column, `not ${shownValue(value)}`)
    return found
  })
  // The engine would take text for a UUID, and fail where it is none.
  const compared = uuid ? dialect.text(cell) : cell
  const bound = spelled.filter((one): one is Bound => 'bind' in one)
  const cast = spelled.filter((one): one is Cast => 'as' in one)
  return any([
    ...(bound.length > 0 ? [isAmong(compared, bound, column, dialect)] : []),
    ...(cast.length > 0 ? [castIn(compared, cast, dialect)] : []),
  ])
}

/** Values from which on a list is bound as a whole: each parameter costs more than the look-up. */
const LONG = 200

/** `cell in (values)`; a long list is one parameter, where the engine can make rows of it. */
function boundIn(cell: Sql, values: readonly Bindable[], dialect: Dialect): Sql {
  const long = values.length >= LONG && dialect.unnests
  // Values of one kind are compared as its type, as single ones are.
  const kinds = long ? new Set(values.map((value) => typeof value)) : new Set<string>()
  const [kind = ''] = kinds
  const type = typesOfBound[kind]
  if (kinds.size !== 1 || type === undefined) return isIn(cell, values)
  return listIn(cell, values.map(String), type)
}

const typesOfBound: Readonly<Record<string, string>> = { string: 'varchar', bigint: 'hugeint' }

function castIn(cell: Sql, values: readonly Cast[], dialect: Dialect): Sql {
  const [first] = values as [Cast]
  if (values.length >= LONG && dialect.unnests)
    return listIn(
      cell,
      values.map(({ text }) => text),
      first.as,
    )
  return sql`${cell} in (${join(values.map(({ text, as }) => sql`cast(${text} as ${raw(as)})`))})`
}

/** The texts travel as one JSON array. */
function listIn(cell: Sql, texts: readonly string[], type: string): Sql {
  return sql`${cell} in (select cast(one as ${raw(type)}) from (select unnest(from_json(${JSON.stringify(texts)}, '["VARCHAR"]')) as one) as list)`
}

/** Numbers of a text file are equal by their digits, too, where doubles would make more than those equal. */
function isAmong(cell: Sql, bound: readonly Bound[], { type, rawName }: Column, dialect: Dialect): Sql {
  const digitsOf = ({ digits = [''] }: Bound): readonly string[] => digits
  const list = (some: readonly Bound[]): Sql => {
    const values = some.map(({ bind }) => bind)
    // A double that is whole is bound as an integer, so that lists of numbers hold both.
    const doubles = type === 'number' && values.length >= LONG && dialect.unnests === true
    return doubles ? listIn(cell, values.map(String), 'double') : boundIn(cell, values, dialect)
  }
  if (type !== 'number' || rawName === undefined) return list(bound)
  const short = bound.filter((one) => digitsOf(one).includes(''))
  const long = bound.flatMap((one) => digitsOf(one).flatMap((digits) => (digits === '' ? [] : [{ one, digits }])))
  const cellDigits = longDigitsSql(id(rawName))
  // Only a cell whose double is listed is looked at digit by digit.
  return sql`case when ${list(bound)} then ${any([
    ...(short.length > 0 ? [all([sql`${cellDigits} = ''`, list(short)])] : []),
    ...long.map(({ one, digits }) => all([sql`${cellDigits} = ${digits}`, list([one])])),
  ])} else false end`
}

function wrongType(column: Column, but: string): AssayError {
  const numbers = ['integer', 'number', 'decimal'].includes(column.type)
  const times = ['date', 'timestamp', 'timestamptz'].includes(column.type)
  return new AssayError('wrong-type', `column ${JSON.stringify(column.name)} holds ${typeWords(column)}, ${but}`, {
    discreet: `column ${JSON.stringify(column.name)} holds ${discreetTypeWords(column)}, not such ones`,
    hint:
      hints[column.type] ??
      (numbers
        ? 'list numbers, e.g. [1, 2]'
        : times
          ? 'list Dates or ISO 8601 text'
          : 'compare a part of the value, or its text, in where(sql`…`)'),
  })
}

const hints: Partial<Record<LogicalType, string>> = {
  string: 'list text, e.g. ["1", "2"]',
  boolean: 'list true or false',
  date: 'list days, e.g. "2026-11-01", or Dates that are midnight in UTC',
  time: 'list times, e.g. "09:30:00"',
  mixed: 'the column holds values of several types; make them one type first, or check them with a schema',
}

/** A value that is compared, and its digits in each way to write it: empty where they are no more than its double tells apart. */
interface Bound {
  readonly bind: Bindable
  readonly digits?: readonly string[]
}

/** A text, and the engine's type that it is read as. */
interface Cast {
  readonly text: string
  readonly as: string
}

/** How one value is spelled for a column: bound, as text of a type, or `{}` when no cell can equal it. */
type Spelled = Bound | Cast | Record<never, never>

const acceptors: Partial<Record<LogicalType, (value: CellValue, column: Column) => Spelled | undefined>> = {
  string: (value) => (typeof value === 'string' ? { bind: value } : undefined),
  boolean: (value) => (typeof value === 'boolean' ? { bind: value } : undefined),
  // As bigints: one double in the list would have the engine compare all of it as doubles.
  integer: (value) => {
    if (typeof value !== 'number' && typeof value !== 'bigint') return undefined
    const whole = typeof value === 'bigint' || Number.isInteger(value)
    // No integer type is wider than 128 bits: nothing equals a number beyond.
    return whole && value > -(2n ** 127n) && value < 2n ** 127n ? { bind: BigInt(value) } : {}
  },
  number: (value, column) => {
    const { rawName } = column
    if (typeof value === 'number') {
      // A large whole number stands for what it is exactly, and for the few digits it may be written with.
      const written = [String(value), ...(Number.isInteger(value) ? [String(BigInt(value))] : [])]
      return { bind: besideCells(value, column), digits: [...new Set(written.map(longDigits))] }
    }
    if (typeof value !== 'bigint') return undefined
    const double = Number(value)
    if (!Number.isFinite(double) || (rawName === undefined && BigInt(double) !== value)) return {}
    return { bind: besideCells(double, column), digits: [longDigits(String(value))] }
  },
  // Compared with a double, the engine would round the decimal.
  decimal: (value, { native }) => {
    if (typeof value !== 'number' && typeof value !== 'bigint') return undefined
    const { precision, scale } = decimalOf(native) ?? { precision: 1000, scale: 0 }
    if (decimalOf(native) === undefined) return { bind: value }
    const { below, above } = around(value, scale)
    const beyond = 10n ** BigInt(precision)
    if (below !== above || below >= beyond || below <= -beyond) return {}
    return { text: decimalText(below, scale), as: `decimal(${precision}, ${scale})` }
  },
  date: (value) => {
    if (isDate(value)) {
      const day = instantText(value)
      return day.endsWith('T00:00:00.000') ? asDay(day) : undefined
    }
    return time(value, ['date'], asDay)
  },
  timestamp: (value, column) =>
    time(value, ['date', 'timestamp', 'timestamptz'], (iso) => {
      if (!hasNanoseconds(column)) return held(iso, MICROSECONDS, 'timestamp')
      return isWithinNanoseconds(iso) ? held(iso, NANOSECONDS, 'timestamp_ns') : {}
    }),
  timestamptz: (value) =>
    time(value, ['date', 'timestamp', 'timestamptz'], (iso) => held(`${iso}+00`, MICROSECONDS, 'timestamptz')),
  time: (value, { native }) => {
    if (typeof value !== 'string' || !new RegExp(lexical.time as string).test(value)) return undefined
    return /^time_ns$/i.test(native) ? held(value, NANOSECONDS, 'time_ns') : held(value, MICROSECONDS, 'time')
  },
}

const asDay = (iso: string): Spelled => ({ text: iso.slice(0, 10), as: 'date' })

/** Spells an instant given as a `Date` or text of one of the types; its text has no zone and is UTC. */
function time(
  value: CellValue,
  types: readonly ('date' | 'timestamp' | 'timestamptz')[],
  spell: (iso: string) => Spelled,
): Spelled | undefined {
  if (isDate(value)) return spell(instantText(value))
  if (typeof value !== 'string') return undefined
  const type = types.find((candidate) => new RegExp(lexical[candidate] as string).test(value))
  if (!type) return undefined
  const instant = new Date(
    type === 'timestamp' ? `${value.replace(' ', 'T')}Z` : type === 'timestamptz' ? isoInstant(value) : value,
  )
  if (
    Number.isNaN(instant.getTime()) ||
    !instant.toISOString().startsWith(type === 'timestamptz' ? '' : value.slice(0, 10))
  )
    return undefined
  if (type === 'timestamp') return spell(value.replace(' ', 'T'))
  // A Date holds milliseconds: zones are of whole minutes, so the fraction of the second stays what it is.
  return spell(instant.toISOString().replace(/[.]\d+Z$/, `.${fractionOf(value) || '0'}`))
}

const fractionOf = (text: string): string => /[.](\d+)/.exec(text)?.[1] ?? ''

/** The digits that the engine keeps of a second; it drops others without a word. */
const [MICROSECONDS, NANOSECONDS] = [6, 9]

/** An instant as a value of a type of the engine; none where it has more digits than the type, which no cell equals. */
const held = (text: string, digits: number, as: string): Spelled =>
  /[1-9]/.test(fractionOf(text).slice(digits)) ? {} : { text, as }
