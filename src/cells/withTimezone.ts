import type { Column, Relation } from '../engine/engine.ts'
import type { LogicalType } from '../sql/dialect.ts'
import { id, sql } from '../sql/sql.ts'
import { instantOf } from './timezone.ts'
import { cellsOf, withCells } from './withCells.ts'

/**
 * The relation with its timestamps without zone as the instants at which a clock of the zone shows them: where that is
 * twice, the later; where it is never, an hour on. Dates of JavaScript are instants already, and a column whose type is
 * declared to be `timestamp` stays one.
 */
export function withTimezone(
  relation: Relation,
  { timezone, types = {} }: { readonly timezone?: string; readonly types?: Readonly<Record<string, LogicalType>> },
): Relation {
  if (timezone === undefined) return relation
  const isLocal = ({ name, type, rawName }: Column): boolean =>
    type === 'timestamp' && rawName === undefined && !(Object.hasOwn(types, name) && types[name] === 'timestamp')
  if (!relation.columns.some(isLocal)) return relation
  const columns = relation.columns.map((column): Column => {
    if (!isLocal(column)) return column
    const { instants: _, ...rest } = column
    return { ...rest, type: 'timestamptz', native: 'TIMESTAMP WITH TIME ZONE' }
  })
  const cells = relation.columns.flatMap((column) => {
    if (!isLocal(column)) return cellsOf(column)
    const name = id(column.name)
    return [sql`${instantOf(name, column.instants ? 'UTC' : timezone)} as ${name}`]
  })
  return withCells(relation, cells, columns)
}
