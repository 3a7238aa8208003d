import type { Column, Relation } from '../engine/engine.ts'
import { isIn, type LogicalType } from '../sql/dialect.ts'
import { id, type Sql, sql } from '../sql/sql.ts'
import { textCell } from './textCells.ts'
import { cellsOf, withCells } from './withCells.ts'

/** How a column is read: as which type, and which of its texts are missing values. */
export interface Reading {
  readonly type: LogicalType
  readonly missing?: readonly string[]
}

const known = new WeakMap<Relation, Map<string, Relation>>()

/**
 * The relation with its columns read in another way: the cells of a text file as other types, and texts that stand for
 * a missing value as missing. Equal readings share one relation, so that what was measured once is kept.
 */
export function retyped(relation: Relation, readings: readonly Reading[]): Relation {
  const same = ({ type, missing = [] }: Reading, i: number) =>
    missing.length === 0 && (type === relation.columns[i]?.type || !relation.textual)
  if (readings.every(same)) return relation
  const views = known.get(relation) ?? new Map<string, Relation>()
  known.set(relation, views)
  const key = JSON.stringify(readings.map(({ type, missing = [] }) => [type, missing]))
  const view = views.get(key) ?? readAs(relation, readings)
  views.set(key, view)
  return view
}

function readAs(relation: Relation, readings: readonly Reading[]): Relation {
  const { dialect } = relation.engine
  const { spelled } = relation
  const cells: Sql[] = []
  const columns = relation.columns.map((column, i): Column => {
    const { type, missing = [] } = readings[i] as Reading
    const { name, rawName, cellName } = column
    const present = (value: Sql): Sql =>
      missing.length === 0 ? value : sql`case when ${isIn(value, missing)} then null else ${value} end`
    if (!relation.textual) {
      cells.push(missing.length === 0 ? id(name) : sql`${present(id(name))} as ${id(name)}`)
      return column
    }
    if (type === column.type && missing.length === 0) {
      cells.push(...cellsOf(column))
      return column
    }
    const text = present(id(cellName ?? rawName ?? name))
    const kept = type === column.type && column.native !== 'text' ? column.native : undefined
    const read = textCell(name, text, { type, native: kept }, { dialect, ...(spelled ? { spelled } : {}) })
    cells.push(...read.cells)
    return read.column
  })
  return withCells(relation, cells, columns)
}
