import type { Column, Relation } from '../engine/engine.ts'
import { isIn, type LogicalType } from '../sql/dialect.ts'
import { id, type Sql, sql } from '../sql/sql.ts'
import { isHeldAsText } from './cell.ts'
import { textCell } from './textCells.ts'
import { cellsOf, withCells } from './withCells.ts'

/** How a column is read: as which type, and which of its texts are missing values. */
export interface CellReading {
  readonly type: LogicalType
  /** The engine's type, of decimals that are read of texts. */
  readonly native?: string | undefined
  readonly missing?: readonly string[]
}

const known = new WeakMap<Relation, Map<string, Relation>>()

/**
 * Whether the column can be read as another type: a text file's always, else one that holds text or values of several
 * types, which are kept as text, as any other.
 */
export function isRereadable({ type, heldAsText }: Column, as?: string): boolean {
  return heldAsText === true || (as !== 'string' && (type === 'string' || type === 'mixed'))
}

/** Whether cells are texts, with nothing said of how their values are spelled. */
export function isSpelledAsUsual({ columns, spelled }: Relation): boolean {
  return columns.some(isHeldAsText) && spelled === undefined
}

/**
 * The relation with its columns read in another way: the cells of a text file, and columns of text or of several types,
 * as other types, and texts that stand for a missing value as missing. A cell that is not written like its type keeps
 * its text, and is unreadable. Equal readings share one relation, so that what was measured once is kept.
 */
export function retyped(relation: Relation, readings: readonly CellReading[]): Relation {
  const same = ({ type, missing = [] }: CellReading, i: number) =>
    missing.length === 0 && type === relation.columns[i]?.type
  if (readings.every(same)) return relation
  const views = known.get(relation) ?? new Map<string, Relation>()
  known.set(relation, views)
  const key = JSON.stringify(readings.map(({ type, native, missing = [] }) => [type, native, missing]))
  const view = views.get(key) ?? readAs(relation, readings)
  views.set(key, view)
  return view
}

function readAs(relation: Relation, readings: readonly CellReading[]): Relation {
  const { dialect } = relation.engine
  const { spelled } = relation
  const cells: Sql[] = []
  const columns = relation.columns.map((column, i): Column => {
    const { type, native, missing = [] } = readings[i] as CellReading
    const { name, rawName, cellName } = column
    const present = (value: Sql): Sql =>
      missing.length === 0 ? value : sql`case when ${isIn(value, missing)} then null else ${value} end`
    // What was read of texts before has them still.
    const read = isHeldAsText(column) || rawName !== undefined || (type !== column.type && isRereadable(column))
    if (!read) {
      cells.push(missing.length === 0 ? id(name) : sql`${present(id(name))} as ${id(name)}`)
      return column
    }
    if (type === column.type && missing.length === 0) {
      cells.push(...cellsOf(column))
      return column
    }
    const whole = id(cellName ?? rawName ?? name)
    const text = present(isHeldAsText(column) ? whole : dialect.text(whole))
    const kept = type === column.type && column.native !== 'text' ? column.native : native
    const rows = missing.length === 0 ? relation.mostRows : undefined
    const cell = textCell(name, text, { type, native: kept }, { dialect, rows, ...(spelled ? { spelled } : {}) })
    cells.push(...cell.cells)
    const { explicitNulls, heldAsText } = column
    return { ...cell.column, ...(explicitNulls ? { explicitNulls } : {}), ...(heldAsText ? { heldAsText } : {}) }
  })
  return withCells(relation, cells, columns)
}
