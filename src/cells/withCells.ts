import { type Column, type Relation, rowColumns } from '../engine/engine.ts'
import { id, join, type Sql, sql } from '../sql/sql.ts'
import { namesOf } from './cell.ts'
import { isNarrowable, narrowable, narrowed } from '../engine/narrowing.ts'
import { derivedFrom } from '../engine/derivation.ts'

/** What a relation has of a column: its value, and of a text file's its text. */
export function cellsOf(column: Column): readonly Sql[] {
  return namesOf(column).map((name) => id(name))
}

/** The relation's rows with other cells for its columns, each made of the cells of the column of that name. */
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
  const narrow = (names: ReadonlySet<string>): Relation => {
    const own: Sql[] = []
    let at = 0
    for (const column of columns) {
      const count = cellsOf(column).length
      if (names.has(column.name)) own.push(...cells.slice(at, at + count))
      at += count
    }
    return withCells(
      narrowed(relation, names),
      own,
      columns.filter(({ name }) => names.has(name)),
    )
  }
  return derivedFrom(isNarrowable(relation) ? narrowable(made, narrow) : made, relation, {
    kind: 'cells',
    cells,
    columns,
  })
}
