import type { Column } from '../engine/engine.ts'
import { all, type Dialect, type LogicalType } from '../sql/dialect.ts'
import { id, type Sql, sql } from '../sql/sql.ts'
import { longDigitsSql } from './digits.ts'
import { hasNanoseconds, instantParts } from './instants.ts'

const times: readonly LogicalType[] = ['date', 'timestamp', 'timestamptz']
/** The types whose values are numbers. */
export const numeric: readonly LogicalType[] = ['integer', 'number', 'decimal']

/**
 * What is equal for equal values of a column and for no others; the first is null where there is no value. A decimal of
 * a text file is told by its digits too, where its double is not it alone.
 */
export function identityOf({ name, type, rawName }: Column): readonly Sql[] {
  return type === 'number' && rawName !== undefined ? [id(name), longDigitsSql(id(rawName))] : [id(name)]
}

/** The same as it compares with values of another column; null where no value of that can be equal. */
export function comparableWith(column: Column, other: Column, dialect: Dialect): readonly Sql[] {
  const { name, type, native, rawName } = column
  const value = id(name)
  const plain = rawName === undefined && other.rawName === undefined
  const areTimes = times.includes(type) && times.includes(other.type)
  if (areTimes && hasNanoseconds(column) !== hasNanoseconds(other)) return instantParts({ value, column })
  if (type === other.type && (type !== 'number' || (plain && native === other.native))) return [value]
  // A day is its midnight in UTC, and a time with a zone the one that it is there.
  if (areTimes) return [type === 'timestamp' ? value : sql`cast(${value} as timestamp)`]
  const text = rawName === undefined ? dialect.text(value) : id(rawName)
  if (!numeric.includes(type) || !numeric.includes(other.type)) return [text]
  // A float of 32 bits is the decimal it is written as, and a decimal may be none of doubles.
  const double = rawName !== undefined && type === 'number' ? value : dialect.double(text)
  return [rawName === undefined ? double : sql`case when ${value} is not null then ${double} end`, longDigitsSql(text)]
}

/** The same of both columns, side by side. */
export function comparablePairs(column: Column, other: Column, dialect: Dialect): readonly (readonly [Sql, Sql])[] {
  const theirs = comparableWith(other, column, dialect)
  return comparableWith(column, other, dialect).map((part, i) => [part, theirs[i] as Sql])
}

/** True where the columns hold one value; null where one of them holds none that could be equal. */
export const holdOneValue = (column: Column, other: Column, dialect: Dialect): Sql =>
  all(comparablePairs(column, other, dialect).map(([own, theirs]) => sql`${own} = ${theirs}`))
