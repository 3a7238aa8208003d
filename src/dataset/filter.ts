import type { Column } from '../engine/engine.ts'
import { AssayError, nearest } from '../errors.ts'
import { all, any, isIn } from '../sql/dialect.ts'
import type { Bindable } from '../sql/sql.ts'
import { id, isSql, type Sql, sql } from '../sql/sql.ts'
import type { FilterValue } from './source.ts'

/** Which rows a slice keeps: values by column (all must match; a list means any of them), or a condition in SQL. */
export type Filter = Readonly<Record<string, FilterValue>> | Sql

/** The filter in words, for reports. */
export function describeFilter(filter: Filter): string {
  if (isSql(filter)) {
    return filter.parts
      .map((part, i) => part + (i < filter.holes.length ? hole(filter.holes[i]) : ''))
      .join('')
      .trim()
  }
  return Object.entries(filter)
    .map(([name, value]) => `${name} ${Array.isArray(value) ? 'in' : '='} ${JSON.stringify(value, bigints)}`)
    .join(' and ')
}

const bigints = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value)

function hole(value: unknown): string {
  if (isSql(value)) return describeFilter(value)
  if (typeof value === 'object' && value !== null)
    return 'identifier' in value ? (value.identifier as string[]).join('.') : 'name' in value ? String(value.name) : ''
  return JSON.stringify(value, bigints)
}

/** The filter as SQL over the relation's columns; an AssayError for a column that is not there. */
export function filterSql(filter: Filter, columns: readonly Column[]): Sql {
  // The line end closes a comment at the end of the condition.
  if (isSql(filter)) return sql`(${filter}\n)`
  const names = columns.map(({ name }) => name)
  return all(
    Object.entries(filter).map(([name, value]) => {
      if (!names.includes(name)) {
        const near = nearest(name, names)
        throw new AssayError('missing-column', `where(): there is no column ${JSON.stringify(name)}`, {
          hint: near ? `did you mean ${JSON.stringify(near)}?` : `the columns are ${names.join(', ')}`,
        })
      }
      return matches(id(name), value)
    }),
  )
}

function matches(column: Sql, value: FilterValue): Sql {
  const values = (Array.isArray(value) ? value : [value]) as readonly Bindable[]
  const present = values.filter((one) => one !== null)
  const parts = present.length > 0 ? [isIn(column, present)] : []
  if (present.length < values.length) parts.push(sql`${column} is null`)
  return any(parts)
}
