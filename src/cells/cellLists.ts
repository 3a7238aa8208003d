import { id, join, raw, type Sql, sql } from '../sql/sql.ts'

/** Cells in one list: a table has few columns then, and a query reads few cells in vain. */
const SIZE = 500

/** A column of a table that is put together. */
export interface Listed {
  readonly name: string
  /** Tells its type from those of the others. */
  readonly type: string
  /** What is read off a cell; the same for all of a type. */
  readonly value?: ListedValue | undefined
}

/** A value that is kept beside its cell. */
export interface ListedValue {
  /** What it is called in the table. */
  readonly name: string
  of(cell: Sql): Sql
}

/** How the cells of many columns lie in a table. */
export interface CellLists {
  /** The lists of the cells of a table, and of their values. */
  query(table: Sql): Sql
  /** The cells of a column as they are read of the lists, by its name. */
  cells(name: string): readonly Sql[]
}

/**
 * Cells of many columns as lists of some hundred of one type: what a query takes to plan grows with the columns of its table,
 * and with the expressions that it writes out for each.
 */
export function cellLists(columns: readonly Listed[]): CellLists {
  const lists: Listed[][] = []
  const open = new Map<string, number>()
  const places = new Map<string, readonly Sql[]>()
  for (const column of columns) {
    const { name, type, value } = column
    let list = open.get(type)
    if (list === undefined || lists[list]?.length === SIZE) {
      list = lists.push([]) - 1
      open.set(type, list)
    }
    const place = lists[list]?.push(column)
    places.set(name, [
      sql`${raw(`l${list}[${place}]`)} as ${id(name)}`,
      ...(value ? [sql`${raw(`v${list}[${place}]`)} as ${id(value.name)}`] : []),
    ])
  }
  const values = lists.flatMap(([first], i) =>
    first?.value
      ? [sql`list_transform(${raw(`l${i}`)}, lambda cell: ${first.value.of(raw('cell'))}) as ${raw(`v${i}`)}`]
      : [],
  )
  const made = lists.map((list, i) => sql`[${join(list.map(({ name }) => id(name)))}] as ${raw(`l${i}`)}`)
  return {
    query: (table) => sql`select ${join([raw('*'), ...values])} from (select ${join(made)} from ${table}) as t`,
    cells: (name) => places.get(name) ?? [],
  }
}
