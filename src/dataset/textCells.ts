import type { Column, Engine, Relation } from '../engine/engine.ts'
import { ROW_NUMBER } from '../engine/engine.ts'
import type { LogicalType } from '../sql/dialect.ts'
import { id, join, type Sql, sql } from '../sql/sql.ts'

/**
 * The relation over a table expression whose columns are all text: each cell keeps its text, and typed columns are
 * casts of it, so that a cell that is not of its type is seen. `rowNumber` is an expression over the table.
 */
export function textCells(
  engine: Engine,
  read: Sql,
  wanted: readonly { readonly name: string; readonly type: LogicalType }[],
  rowNumber: Sql,
): Relation {
  const columns = wanted.map(({ name, type }): Column => {
    return type === 'string'
      ? { name, type, native: 'text' }
      : { name, type, native: 'text', rawName: `${name}\u{1}text` }
  })
  const selected = join(
    columns.flatMap(({ name, type, rawName }) =>
      rawName
        ? [sql`${engine.dialect.tryCast(id(name), type)} as ${id(name)}`, sql`${id(name)} as ${id(rawName)}`]
        : [id(name)],
    ),
  )
  return {
    engine,
    columns,
    from: sql`(select ${selected} from ${read}) as t`,
    numbered: sql`(select ${selected}, ${rowNumber} as ${id(ROW_NUMBER)} from ${read}) as t`,
    scanCost: 'high',
    textual: true,
  }
}
