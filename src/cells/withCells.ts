import { type Column, type Relation, rowColumns } from '../engine/engine.ts'
import { id, join, type Sql, sql } from '../sql/sql.ts'
import { namesOf } from './cell.ts'
import { derivedFrom } from '../engine/derivation.ts'

/** What a relation has of a column: its value, and of a text file's its text. */
export function cellsOf(column: Column): readonly Sql[] {
  return namesOf(column).map((name) => id(name))
}

/** The relation's rows with other cells for its columns. */
export function withCells(
  relation: Relation,
  cells: readonly Sql[],
  columns: readonly Column[] = relation.columns,
): Relation {
  const { from, numbered } = relation
  const rows = [...cells, ...rowColumns(relation).map((name) => id(name))]
  const made = {
    ...relation,
    columns,
    from: sql`(select ${join(cells)} from ${from}) as t`,
    ...(numbered ? { numbered: sql`(select ${join(rows)} from ${numbered}) as t` } : {}),
  }
  return derivedFrom(made, relation, { kind: 'cells', cells })
}
