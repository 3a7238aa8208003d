import { cellOf } from '../../cells/cell.ts'
import type { Column, Value } from '../../engine/engine.ts'
import type { Dialect } from '../../sql/dialect.ts'
import { raw, type Sql, sql } from '../../sql/sql.ts'

/** Which failing rows of a relation are shown. */
export interface RowsWanted {
  /** What holds for them, or the numbers of the first of them, in order, where somebody has seen all rows already. */
  readonly where: Sql | readonly number[]
  /** How many rows there are, and are shown at most. */
  readonly total: number
  readonly most: number
  /** The columns that are shown. */
  readonly shown: readonly string[]
  /** The columns whose commonest failing values are told; none where they are not. */
  readonly counted: readonly string[]
}

/** Rows that are yet to be found. */
export type Sought = RowsWanted & { readonly where: Sql }

/** Failing values, and how many rows they were counted over. */
export interface CommonValues {
  readonly values: readonly { readonly cells: readonly Value[]; readonly count: number }[]
  readonly rows: number
}

/** Different failing values told at most. */
export const MOST_VALUES = 8
/** A cell's text is cut here; one character more shows that it was. */
export const LONGEST_CELL = 500

/** The cells of columns by name, as they stand in their source, with one character more than is shown. */
export function shownCells(columns: readonly Column[], dialect: Dialect): (name: string) => Sql {
  const known = new Map(columns.map((column) => [column.name, column]))
  return (name) => sql`substr(${cellOf(known.get(name) as Column, dialect).shown}, 1, ${raw(String(LONGEST_CELL + 1))})`
}
