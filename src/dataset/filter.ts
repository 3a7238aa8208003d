import type { Column } from '../engine/engine.ts'
import { AssayError, kindOf, nearestHint, withoutHint } from '../errors.ts'
import { isPlainObject } from '../options.ts'
import { all, any, type Dialect } from '../sql/dialect.ts'
import { id, isIdentifier, isSql, isTable, type Sql, sql } from '../sql/sql.ts'
import { cellOf } from '../cells/cell.ts'
import { valueOfText } from '../cells/lexical.ts'
import { type CellValue, isCellValue, isOneOf, shownValue } from '../cells/cellValue.ts'

/** What a filter compares a column with: text, a finite number, a bigint, a boolean, a date, or null for missing. */
export type FilterValue = CellValue | null

/** Which rows a slice keeps: values by column (all must match; a list means any of them), or a condition in SQL. */
export type Filter = Readonly<Record<string, FilterValue | readonly FilterValue[]>> | Sql

/** A filter that was looked at, with values of its own: what its author's objects become later changes nothing. */
export type CheckedFilter = Sql | readonly Wanted[]

interface Wanted {
  readonly column: string
  readonly values: readonly FilterValue[]
  readonly list: boolean
}

const CONDITION = 'for other conditions write SQL: where(sql`amount > ${10}`)'

/** Looks at a filter; an AssayError that names the column for what is no value. */
export function checkedFilter(filter: unknown): CheckedFilter {
  if (isSql(filter)) return filter
  if (!isPlainObject(filter))
    throw new AssayError('wrong-argument', `where() got ${kindOf(filter)}`, {
      hint:
        typeof filter === 'string'
          ? 'a condition is written with the tag: where(sql`…`)'
          : `give the values of columns, e.g. where({ channel: "web" }); ${CONDITION}`,
    })
  const columns = Object.entries(filter)
  if (columns.length === 0)
    throw new AssayError('wrong-argument', 'where({}) names no column', {
      hint: 'the dataset itself has all rows: leave where() out',
    })
  return columns.map(([column, wanted]) => {
    const list = Array.isArray(wanted)
    // A list that reaches into itself is no list of values, so one level is all there is to look at.
    const values: readonly unknown[] = list ? Array.from(wanted as unknown[]) : [wanted]
    for (const value of values) if (value !== null && !isCellValue(value)) throw noValue(column, value, list)
    return {
      column,
      list,
      values: values.map((value) => (typeof value === 'object' && value !== null ? new Date(Number(value)) : value)),
    } as Wanted
  })
}

function noValue(column: string, value: unknown, inList: boolean): AssayError {
  const operator = isPlainObject(value) && Object.keys(value).length > 0 ? Object.keys(value)[0] : undefined
  const hint =
    value === undefined
      ? 'null stands for a missing value; leave the column out to keep all rows'
      : typeof value === 'number'
        ? 'such rows are found by where(sql`not isfinite(x)`)'
        : Array.isArray(value)
          ? 'a list of values has one level, e.g. { channel: ["web", "app"] }'
          : isSql(value)
            ? 'SQL is the whole filter: where(sql`…`)'
            : `values are text, numbers, bigints, booleans, dates, null and lists of them; ${CONDITION}`
  const comparand = operator === undefined ? shownValue(value) : `an object with ${JSON.stringify(operator)}`
  return new AssayError(
    'wrong-argument',
    `where(): ${inList ? 'the list for' : ''}${inList ? ' ' : ''}column ${JSON.stringify(column)} ${inList ? 'holds' : 'is compared with'} ${comparand}`,
    { hint },
  )
}

/** The filter with its values as they are, for identity: the order of columns and of listed values means nothing. */
export function exactFilter(filter: CheckedFilter): unknown {
  if (isSql(filter)) return filter
  return new Map(filter.map(({ column, values, list }) => [column, list ? new Set(values) : values[0]]))
}

/** The filter in words, for reports. */
export function describeFilter(filter: CheckedFilter): string {
  if (isSql(filter)) return describeSql(filter).trim()
  return filter
    .map(({ column, values, list }) => `${column} ${list ? 'in' : '='} ${shownJson(list ? values : values[0])}`)
    .join(' and ')
}

/** A piece of SQL as its author wrote it, with values for the holes. */
export function describeSql({ parts, holes }: Sql): string {
  return parts.map((part, i) => part + (i < holes.length ? describeHole(holes[i]) : '')).join('')
}

function describeHole(hole: unknown): string {
  if (isSql(hole)) return describeSql(hole)
  if (isIdentifier(hole)) return hole.identifier.join('.')
  if (isTable(hole)) return hole.name
  return typeof hole === 'object' && hole !== null ? '' : shownJson(hole)
}

const shownJson = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one))

/** The filter as SQL over the relation's columns; an AssayError for a column that is not there or holds other values. */
export function filterSql(filter: CheckedFilter, columns: readonly Column[], dialect: Dialect): Sql {
  // The line end closes a comment at the end of the condition.
  if (isSql(filter)) return sql`(${filter}\n)`
  const names = columns.map(({ name }) => name)
  return all(
    filter.map(({ column: name, values }) => {
      const column = columns.find((candidate) => candidate.name === name)
      if (column) return matches(column, values, dialect)
      throw new AssayError('missing-column', `where(): there is no column ${JSON.stringify(name)}`, {
        hint: nearestHint(name, names, `the columns are ${names.join(', ')}`),
      })
    }),
  )
}

function matches(column: Column, values: readonly FilterValue[], dialect: Dialect): Sql {
  const cell = id(column.name)
  // A cell that cannot be read is there.
  const { missing } = cellOf(column, dialect)
  const present = values.filter((value) => value !== null)
  const parts: Sql[] = []
  if (present.length > 0)
    parts.push(column.type === 'mixed' ? isText(cell, present, dialect) : equals(column, present, dialect))
  if (present.length < values.length) parts.push(missing)
  return any(parts)
}

/**
 * A cell equals one of the values. Of a text file's integers, those that their column has no room for, and fractions
 * where nobody said that the column has none, are compared as their digits are.
 */
function equals(column: Column, values: readonly CellValue[], dialect: Dialect): Sql {
  const { text, unreadable, readable } = cellOf(column, dialect)
  if (column.type !== 'integer' || readable === 'always') return spelledLike(column, values, dialect)
  const room = 2n ** (column.native === 'HUGEINT' ? 127n : 63n)
  const beyond = values.filter((value) => {
    if (typeof value !== 'number' && typeof value !== 'bigint') return false
    const whole = typeof value === 'bigint' || Number.isInteger(value)
    return whole ? value < -room || value >= room : column.guessed === true
  })
  if (beyond.length === 0) return spelledLike(column, values, dialect)
  const held = values.filter((value) => !beyond.includes(value))
  const asNumber: Column = { ...column, type: 'number' }
  const number = valueOfText(text, 'number', dialect)
  return any([
    ...(held.length > 0 ? [spelledLike(column, held, dialect)] : []),
    all([unreadable, isOneOf(number, asNumber, beyond, dialect)]),
  ])
}

function spelledLike(column: Column, values: readonly CellValue[], dialect: Dialect): Sql {
  try {
    return isOneOf(id(column.name), column, values, dialect)
  } catch (error) {
    if (!(error instanceof AssayError)) throw error
    const discreet = error.discreet === undefined ? undefined : `where(): ${error.discreet}`
    throw new AssayError(error.code, `where(): ${withoutHint(error)}`, {
      hint: error.hint,
      discreet,
      ...(discreet === undefined ? { cause: error } : {}),
    })
  }
}

/** Cells of several types are kept as text, so they are compared as text. */
function isText(cell: Sql, values: readonly CellValue[], dialect: Dialect): Sql {
  const text = dialect.text(cell)
  return any(values.map((value) => sql`coalesce(${text} = ${shownText(value)}, false)`))
}

const shownText = (value: CellValue): string => (value instanceof Date ? value.toISOString() : String(value))
