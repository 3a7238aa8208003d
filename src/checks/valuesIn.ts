import type { DatasetColumn } from '../dataset/dataset.ts'
import { lexical } from '../dataset/lexical.ts'
import type { Column } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import { columnNamed, type MetricContext } from '../metrics/metric.ts'
import { any, isIn } from '../sql/dialect.ts'
import { type Bindable, join, raw, type Sql, sql } from '../sql/sql.ts'
import type { Check } from './check.ts'
import { checkedOptions, type RowCheckOptions, rowCheck } from './rowCheck.ts'

/** A value that `valuesIn` can look for: dates and times as `Date` or in ISO 8601 (without zone: UTC). */
export type AllowedValue = string | number | bigint | boolean | Date

/**
 * Every value of the column is one of `values`, compared as values: `1` is no text, text is compared exactly. Missing
 * values are counted and not tested. An error for an empty set, and for values that the column's type cannot hold.
 */
export function valuesIn(
  column: DatasetColumn,
  values: readonly AllowedValue[] | ReadonlySet<AllowedValue>,
  options: RowCheckOptions = {},
): Check {
  const allowed = checkedValues(values)
  const words = inWords(allowed)
  return rowCheck(
    column,
    {
      kind: 'valuesIn',
      family: 'set',
      title: `values in ${words}`,
      expected: `one of ${words}`,
      key: JSON.stringify(allowed.map((value) => [typeof value, textOf(value)])),
      violates: (value, context) => sql`not ${membership(value, allowed, column.name, context)}`,
    },
    checkedOptions(options, 'valuesIn'),
  )
}

function checkedValues(values: unknown): readonly AllowedValue[] {
  const hint = 'give the allowed values, e.g. ["red", "green"]; missing values are not tested, so null needs no place'
  if (!Array.isArray(values) && !(values instanceof Set)) {
    throw new AssayError('wrong-argument', `valuesIn got ${shown(values)}, not an array or a Set of values`, { hint })
  }
  const list: unknown[] = [...values]
  if (list.length === 0) throw new AssayError('wrong-argument', 'valuesIn got no value at all', { hint })
  for (const value of list) {
    const fine =
      ['string', 'bigint', 'boolean'].includes(typeof value) ||
      (typeof value === 'number' && Number.isFinite(value)) ||
      (value instanceof Date && !Number.isNaN(value.getTime()))
    if (!fine) throw new AssayError('wrong-argument', `valuesIn cannot look for ${shown(value)}`, { hint })
  }
  return list as AllowedValue[]
}

function shown(value: unknown): string {
  if (value === null || typeof value !== 'object')
    return typeof value === 'string' ? JSON.stringify(value) : String(value)
  return value instanceof Date ? 'an invalid Date' : `a value of type ${value.constructor?.name ?? 'object'}`
}

const textOf = (value: AllowedValue): string => (value instanceof Date ? value.toISOString() : String(value))

function inWords(values: readonly AllowedValue[]): string {
  const first = values.slice(0, 8).map((value) => (typeof value === 'string' ? JSON.stringify(value) : textOf(value)))
  const more = values.length - first.length
  return more > 0 ? `${first.join(', ')} and ${more} more` : first.join(', ')
}

/** `value in (…)` spelled for the column's type; never null for a present value. */
function membership(value: Sql, allowed: readonly AllowedValue[], name: string, { columns }: MetricContext): Sql {
  const column = columnNamed(columns, name)
  const accept = acceptors[column.type]
  if (!accept) throw wrongType(column, 'values that cannot be listed')
  const spelled = allowed.map((one) => {
    const found = accept(one)
    if (found === undefined)
      throw wrongType(column, `not ${typeof one === 'string' ? JSON.stringify(one) : textOf(one)}`)
    return found
  })
  const bound = spelled.filter((one): one is { bind: Bindable } => 'bind' in one).map(({ bind }) => bind)
  const cast = spelled.filter((one): one is { cast: Sql } => 'cast' in one).map((one) => one.cast)
  return any([
    ...(bound.length > 0 ? [isIn(value, bound)] : []),
    ...(cast.length > 0 ? [sql`${value} in (${join(cast)})`] : []),
  ])
}

function wrongType(column: Column, but: string): AssayError {
  const hints: Partial<Record<Column['type'], string>> = {
    string: 'list text, e.g. ["1", "2"]',
    boolean: 'list true or false',
    mixed: 'the column holds values of several types; make them one type first, or check them with a schema',
  }
  const numbers = ['integer', 'number', 'decimal'].includes(column.type)
  return new AssayError(
    'wrong-type',
    `column ${JSON.stringify(column.name)} holds ${column.type} values (${column.native}), ${but}`,
    { hint: hints[column.type] ?? (numbers ? 'list numbers, e.g. [1, 2]' : 'list Dates or ISO 8601 text') },
  )
}

/** How one value is spelled for a column: bound, as an expression, or `{}` when no cell can equal it. */
type Spelled = { readonly bind: Bindable } | { readonly cast: Sql } | Record<never, never>

const acceptors: Partial<Record<Column['type'], (value: AllowedValue) => Spelled | undefined>> = {
  string: (value) => (typeof value === 'string' ? { bind: value } : undefined),
  boolean: (value) => (typeof value === 'boolean' ? { bind: value } : undefined),
  // As bigints: one double in the list would have the engine compare all of it as doubles.
  integer: (value) => {
    if (typeof value !== 'number' && typeof value !== 'bigint') return undefined
    const whole = typeof value === 'bigint' || Number.isInteger(value)
    // No integer type is wider than 128 bits: nothing equals a number beyond.
    return whole && value > -(2n ** 127n) && value < 2n ** 127n ? { bind: BigInt(value) } : {}
  },
  number: (value) => {
    if (typeof value === 'number') return { bind: value }
    if (typeof value !== 'bigint') return undefined
    return BigInt(Number(value)) === value ? { bind: Number(value) } : {}
  },
  decimal: (value) => (typeof value === 'number' || typeof value === 'bigint' ? { bind: value } : undefined),
  date: (value) => time(value, ['date'], (iso) => ({ cast: sql`cast(${iso.slice(0, 10)} as date)` })),
  timestamp: (value) =>
    time(value, ['date', 'timestamp', 'timestamptz'], (iso) => ({ cast: sql`cast(${iso} as timestamp)` })),
  timestamptz: (value) =>
    time(value, ['date', 'timestamp', 'timestamptz'], (iso) => ({
      cast: sql`cast(${`${iso}+00`} as ${raw('timestamptz')})`,
    })),
  time: (value) =>
    typeof value === 'string' && new RegExp(lexical.time as string).test(value)
      ? { cast: sql`cast(${value} as time)` }
      : undefined,
}

/** Spells an instant given as a `Date` or text of one of the types; its text has no zone and is UTC. */
function time(
  value: AllowedValue,
  types: readonly ('date' | 'timestamp' | 'timestamptz')[],
  spell: (iso: string) => Spelled,
): Spelled | undefined {
  if (value instanceof Date) return spell(value.toISOString().replace('Z', ''))
  if (typeof value !== 'string') return undefined
  const type = types.find((candidate) => new RegExp(lexical[candidate] as string).test(value))
  if (!type) return undefined
  const instant = new Date(type === 'timestamp' ? `${value.replace(' ', 'T')}Z` : value.replace(' ', 'T'))
  if (
    Number.isNaN(instant.getTime()) ||
    !instant.toISOString().startsWith(type === 'timestamptz' ? '' : value.slice(0, 10))
  )
    return undefined
  // A Date holds milliseconds: text that says more is kept as it is.
  return spell(type === 'timestamp' ? value.replace(' ', 'T') : instant.toISOString().replace('Z', ''))
}
