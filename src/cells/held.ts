import { randomUUID } from 'node:crypto'
import {
  type Column,
  type Engine,
  type QueryOptions,
  type Relation,
  ROW_NUMBER,
  rowColumns,
  type TemporaryTable,
  type LastingTable,
} from '../engine/engine.ts'
import { tableOfRows } from '../engine/temporaryTable.ts'
import { columnParts, isWide, narrowable, narrowed, remade } from '../engine/narrowing.ts'
import { render, watchedLike } from '../sql/render.ts'
import { id, join, raw, type Sql, sql, withoutStandIns } from '../sql/sql.ts'
import { type CellLists, cellLists, type Listed } from './cellLists.ts'
import { type Copyable, copyableOf } from './copyable.ts'
import { cellsOf } from './withCells.ts'

/** What of a relation the engine holds. */
interface Holding {
  /** Its first rows only; all of them otherwise. */
  readonly first?: number | undefined
  /** Without the text of JSON records, which weighs as much as all else. */
  readonly bare?: boolean | undefined
}

/** Columns from which on finding one's own takes longer than reading them. */
const WIDE = 200

/** What suits the queries whose rows are stored. */
export type Suiting = Pick<QueryOptions, 'oneThread'>

/**
 * Puts the rows of queries into tables of the engine, at once or when they are asked for. What comes back says of a table
 * expression of such rows what is read of the tables in its place.
 */
export type Store = (
  rows: readonly Sql[],
  suiting?: Suiting,
) => Promise<(source: Sql, read: (tables: readonly Sql[]) => Sql) => Sql>

/**
 * The same rows in temporary tables of the engine: reading them again costs next to nothing, whatever the source is.
 * Types, texts, row numbers and files are those of the source. `release` drops the tables.
 */
export async function held(
  relation: Relation,
  { first, bare, ...options }: Holding & QueryOptions = {},
): Promise<Relation> {
  const { engine } = relation
  let made: HeldTables | undefined
  const copy = await stored(
    relation,
    async (rows, suiting) => {
      const { tables } = (made = await heldTables(engine, rows, { ...options, ...suiting }))
      return (source, read) => watchedLike(read(tables), source, engine.dialect)
    },
    { first, bare },
  )
  return remade(copy, (rows) => ({ ...rows, release: async () => made?.drop() }))
}

/** Tables of the rows of queries. */
export interface HeldTables {
  readonly tables: readonly Sql[]
  /** Others have made them all. */
  readonly isFound: boolean
  drop(): Promise<void>
}

/** Makes a table of the rows of each query, unless one is found; where one cannot be made none is left. */
export async function heldTables(
  engine: Engine,
  rows: readonly Sql[],
  options: QueryOptions,
  find: (query: Sql) => Promise<LastingTable | undefined> | undefined = () => undefined,
): Promise<HeldTables> {
  const all: TemporaryTable[] = []
  let isFound = true
  const drop = async (): Promise<void> => {
    for (const one of all) await one.drop()
  }
  try {
    for (const query of rows) {
      const lasting = await find(query)
      isFound &&= lasting?.isFound === true
      all.push(lasting ?? (await tableOfRows(engine, `assay_held_${randomUUID()}`, query, options)))
    }
  } catch (error) {
    await drop()
    throw error
  }
  return { tables: all.map(({ table }) => table), isFound, drop }
}

/** The relation over tables that its rows are put into. */
export async function stored(relation: Relation, store: Store, holding: Holding = {}): Promise<Relation> {
  const way = holding.first === undefined ? copyableOf(relation) : undefined
  return way ? copiedAs(way, store) : asValues(relation, store, holding)
}

/** The values in a table; those of a wide relation in tables of some hundred columns each, their rows in one order. */
async function asValues(relation: Relation, store: Store, { first, bare = false }: Holding): Promise<Relation> {
  const { numbered: isNumbered, jsonRows: hasTexts = false, release: _, ...rest } = relation
  const jsonRows = hasTexts && !bare
  const rows = isNumbered ? rowColumns({ ...relation, jsonRows }).map((name) => id(name)) : []
  const parts = isWide(relation) && !jsonRows ? columnParts(relation, relation.columns) : [relation.columns]
  const limit = first === undefined ? raw('') : sql` limit ${raw(String(first))}`
  const instead = await store(
    parts.map((columns) => {
      const { from, numbered } = parts.length > 1 ? narrowed(relation, namesOf(columns)) : relation
      const cells = [...columns.flatMap(cellsOf), ...rows]
      // A table needs a column; the rows of a relation without any still count.
      const selected = cells.length > 0 ? join(cells) : sql`true as ${id('__assay_empty')}`
      return sql`select ${selected} from ${numbered ?? from}${limit}`
    }),
  )
  const over = ({ from, numbered }: Relation, columns: readonly Column[]): Relation => {
    const names = new Set(namesOf(columns))
    const needed = parts.flatMap((own, i) => (own.some(({ name }) => names.has(name)) ? [i] : []))
    const read = (tables: readonly Sql[]): Sql => {
      const own = needed.map((i) => tables[i] as Sql)
      if (own.length < 2) return sql`${own[0] ?? (tables[0] as Sql)} as t`
      const joined = own.map((table, i) => sql`${table} as ${id(`p${i}`)}`)
      const cells = [...columns.flatMap(cellsOf), ...rows.map((row) => sql`${id('p0')}.${row}`)]
      return sql`(select ${join(cells)} from ${join(joined, ' positional join ')}) as t`
    }
    return {
      ...rest,
      columns,
      from: instead(from, read),
      ...(numbered ? { numbered: instead(numbered, read) } : {}),
      ...(jsonRows ? { jsonRows } : {}),
      // Each query looks through all columns of the table.
      scanCost: parts.length > 1 || columns.length >= WIDE ? 'high' : 'low',
    }
  }
  const copy = over(relation, relation.columns)
  if (parts.length === 1) return copy
  return narrowable(copy, (names) =>
    over(
      narrowed(relation, names),
      relation.columns.filter(({ name }) => names.has(name)),
    ),
  )
}

const namesOf = (columns: readonly Column[]): readonly string[] => columns.map(({ name }) => name)

/**
 * What a relation is made of in a table, once: of a text file a cell is read of its text when it is asked for. The engine
 * keeps the order of the rows, so that their places are their numbers. Of many columns a query names those that it reads.
 */
async function copiedAs(
  { names, texts, rowNames = [], from, table, numbered, uncopied, over }: Copyable,
  store: Store,
): Promise<Relation> {
  const isMany = texts !== undefined
  const { query, cells } = isMany
    ? cellLists([...texts, ...rowNames.map((name) => ({ name, type: name }))])
    : inColumns([...names, ...rowNames])
  const valued = isMany ? valuedRows(texts) : undefined
  // Of pieces that several threads read, the engine copies each once more to put them in order.
  const instead = await store([query(from)], { oneThread: true })
  const numbers = sql`rowid + 1 as ${id(ROW_NUMBER)}`
  // Whoever reads it reads the source; nobody may take it for empty.
  const lacking = uncopied === undefined ? [] : [sql`cast(error('not held') as varchar) as ${id(uncopied)}`]
  const copyOf = (some: readonly string[]): Relation => {
    const own = [...some, ...rowNames].flatMap(cells)
    const source = (rows: Sql): Sql => valued?.(rows, some) ?? rows
    return over(
      instead(source(table), ([made]) => sql`(select ${join(own)} from ${made as Sql})`),
      instead(source(numbered), ([made]) => sql`(select ${join([...own, numbers, ...lacking])} from ${made as Sql})`),
      new Set(some),
      isMany,
    )
  }
  const cost = names.length >= WIDE ? { scanCost: 'high' as const } : { scanCost: 'low' as const, columnar: true }
  const copy = remade(copyOf(names), (rows) => ({ ...rows, ...cost }))
  return isMany ? narrowable(copy, (asked) => copyOf(names.filter((name) => asked.has(name)))) : copy
}

/** The rows as the copy has them: pieces are made once, since they stand in many queries. */
function valuedRows(texts: readonly Listed[]): (rows: Sql, names: readonly string[]) => Sql {
  const values = new Map(
    texts.flatMap(({ name, value }) => (value ? [[name, sql`${value.of(id(name))} as ${id(value.name)}`]] : [])),
  )
  return (rows, names) => {
    const own = names.flatMap((name) => values.get(name) ?? [])
    return own.length > 0 ? sql`(select *, ${join(own)} from ${rows})` : rows
  }
}

/** No column is called like the engine's own of its places. */
function inColumns(names: readonly string[]): CellLists {
  const kept = new Map(names.map((name, i) => [name, id(`c${i}`)]))
  const stored = names.map((name) => sql`${id(name)} as ${kept.get(name) as Sql}`)
  return {
    query: (table) => sql`select ${join(stored)} from ${table}`,
    cells: (name) => [sql`${kept.get(name) as Sql} as ${id(name)}`],
  }
}

/** The relation as it is read from its source, where a copy stands in for it: all that is known of its rows is there. */
export function ofSource(relation: Relation): Relation {
  const { engine, from, numbered } = relation
  if (render(numbered ?? from, engine.dialect).standIns.size === 0) return relation
  return remade(relation, (rows) => ({
    ...rows,
    from: withoutStandIns(rows.from),
    ...(rows.numbered ? { numbered: withoutStandIns(rows.numbered) } : {}),
    scanCost: 'high',
  }))
}
