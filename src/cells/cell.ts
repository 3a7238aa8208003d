import type { Column, Relation } from '../engine/engine.ts'
import { isWide } from '../engine/narrowing.ts'
import type { Dialect } from '../sql/dialect.ts'
import { id, raw, type Sql, sql } from '../sql/sql.ts'

/** A column's cell in a row, as expressions: whoever judges cells knows no more of where they come from. */
export interface ColumnCell {
  readonly column: Column
  /** The value, of the column's type; null where there is none, or none that is written like the type. */
  readonly value: Sql
  /** What the cell holds as it was read: the text of a text file's cell, else the value. */
  readonly text: Sql
  /** Null where the cell holds nothing, and nowhere else: what costs least of the value and the text. */
  readonly present: Sql
  /** True where the cell holds nothing. */
  readonly missing: Sql
  /** True where it holds something that is not written like its column's type. */
  readonly unreadable: Sql
  /** Whether a cell may be unreadable at all: in text files only. */
  readonly readable: 'always' | 'mostly'
  /** The cell as text, as it stands in its source. */
  readonly shown: Sql
}

/** Whether the column's cells are the text of a file: its type is one reading of them, and another may be asked for. */
export const isHeldAsText = ({ heldAsText }: Column): boolean => heldAsText === true

/** Whether they are those of many columns, which one table holds better than what any query reads of the file. */
export const isWideText = (relation: Relation): boolean => isWide(relation) && relation.columns.some(isHeldAsText)

/** The column where its values are kept, and nothing of the texts that they were read of. */
export const withoutText = ({ rawName: _, cellName: __, heldAsText: ___, proven: ____, ...column }: Column): Column =>
  column

/** Whether some cell of the column may not be written like its type, for all that is known of them. */
export const isDoubtful = ({ rawName, proven }: Column): boolean => rawName !== undefined && proven === undefined

/** What a relation calls what it has of a column: its value, and where it was read of a text, that. */
export function namesOf({ name, rawName, cellName }: Column): readonly string[] {
  return [name, rawName, cellName].filter((one) => one !== undefined)
}

/** The cell of a column. */
export function cellOf(column: Column, dialect: Dialect): ColumnCell {
  const { name, rawName, cellName, proven } = column
  const value = id(name)
  const text = id(rawName ?? name)
  const present = proven === 'value' ? value : text
  return {
    column,
    value,
    text,
    present,
    missing: sql`${present} is null`,
    unreadable: isDoubtful(column) ? sql`(${value} is null and ${text} is not null)` : raw('(1 = 0)'),
    readable: rawName === undefined ? 'always' : 'mostly',
    shown: dialect.text(id(cellName ?? rawName ?? name)),
  }
}

/** True where a cell holds a value that its source writes otherwise than the engine does: `+1`, `1.50`. */
export function isWrittenOtherwise(column: Column, dialect: Dialect): Sql {
  if (column.rawName === undefined || column.proven === 'value') return raw('(1 = 0)')
  const { value, shown } = cellOf(column, dialect)
  return sql`${dialect.text(value)} <> ${shown}`
}
