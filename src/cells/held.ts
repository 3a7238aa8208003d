import { randomUUID } from 'node:crypto'
import { type Engine, type QueryOptions, type Relation, ROW_NUMBER, rowColumns } from '../engine/engine.ts'
import { type TemporaryTable, temporaryTable } from '../engine/temporaryTable.ts'
import { columnParts, isWide, narrowable, narrowed, remade } from '../engine/narrowing.ts'
import { watchedLike } from '../sql/render.ts'
import { id, join, raw, type Sql, sql } from '../sql/sql.ts'
import { type TextTable, textTableOf } from './textTable.ts'
import { cellsOf } from './withCells.ts'

/** What of a relation the engine holds. */
export interface Holding extends QueryOptions {
  /** Its first rows only; all of them otherwise. */
  readonly first?: number
  /** Without the text of JSON records, which weighs as much as all else. */
  readonly bare?: boolean
}

/** Columns from which on finding one's own takes longer than reading them. */
const WIDE = 200

/**
 * The same rows in a temporary table of the engine: reading them again costs next to nothing, whatever the source is.
 * Types, texts, row numbers and files are those of the source. `release` drops the table.
 */
export async function held(relation: Relation, holding: Holding = {}): Promise<Relation> {
  const texts = holding.first === undefined ? textTableOf(relation) : undefined
  if (texts) return inTexts(relation, texts, holding)
  const whole = isWide(relation) && (holding.bare === true || !relation.jsonRows)
  return whole ? inParts(relation, holding) : inOneTable(relation, holding)
}

/** The columns of a wide relation in tables of some hundred each, their rows in one order. */
async function inParts(relation: Relation, holding: Holding): Promise<Relation> {
  const parts: Relation[] = []
  const { numbered: _, jsonRows: __, ...rest } = relation
  const release = async (): Promise<void> => {
    for (const part of parts) await part.release?.()
  }
  try {
    for (const columns of columnParts(relation, relation.columns)) {
      const names = columns.map(({ name }) => name)
      parts.push(await inOneTable({ ...narrowed(relation, names), columns }, holding))
    }
  } catch (error) {
    await release()
    throw error
  }
  const joined = (parts: readonly Relation[]): Relation => {
    const columns = parts.flatMap((part) => part.columns)
    const [first, ...others] = parts as [Relation, ...Relation[]]
    if (others.length === 0) return { ...rest, ...first, columns, scanCost: 'high', release }
    const cells = join(columns.flatMap(cellsOf))
    const tables = join(
      parts.map((part, i) => sql`(select * from ${part.from}) as ${id(`p${i}`)}`),
      ' positional join ',
    )
    const rows = rowColumns(first).map((name) => sql`${id('p0')}.${id(name)}`)
    const all = rows.length > 0 && first.numbered ? sql`${cells}, ${join(rows)}` : cells
    return {
      ...rest,
      columns,
      from: sql`(select ${cells} from ${tables}) as t`,
      ...(first.numbered ? { numbered: sql`(select ${all} from ${tables}) as t` } : {}),
      scanCost: 'high',
      release,
    }
  }
  return narrowable(joined(parts), (names) => {
    const needed = parts.filter(({ columns }) => columns.some(({ name }) => names.has(name)))
    return joined(needed)
  })
}

/** The rows in a table. */
async function inOneTable(relation: Relation, { first, bare = false, ...options }: Holding): Promise<Relation> {
  const { engine, columns, from, numbered } = relation
  const { jsonRows = false } = relation
  const rows = rowColumns({ ...relation, jsonRows: jsonRows && !bare })
  const cells = [...columns.flatMap(cellsOf), ...(numbered ? rows.map((name) => id(name)) : [])]
  // A table needs a column; the rows of a relation without any still count.
  const selected = cells.length > 0 ? join(cells) : sql`true as ${id('__assay_empty')}`
  const limit = first === undefined ? raw('') : sql` limit ${raw(String(first))}`
  const copy = await heldTable(engine, sql`select ${selected} from ${numbered ?? from}${limit}`, options)
  const table = watchedLike(sql`${copy.table} as t`, numbered ?? from, engine.dialect)
  const { numbered: _, jsonRows: __, ...rest } = relation
  return {
    ...rest,
    from: table,
    ...(numbered ? { numbered: table } : {}),
    ...(jsonRows && !bare ? { jsonRows } : {}),
    // Each query looks through all columns of the table.
    scanCost: columns.length >= WIDE ? 'high' : 'low',
    release: copy.drop,
  }
}

/**
 * The texts of the rows in a table, once; a cell is read of its text when it is asked for. The engine keeps their order,
 * so that their places are their numbers.
 */
async function inTexts(relation: Relation, { names, from, over }: TextTable, options: QueryOptions): Promise<Relation> {
  const { engine } = relation
  // No column is called like the engine's own of its places.
  const texts = names.map((text, i) => ({ text: id(text), kept: id(`c${i}`) }))
  const selected = join(texts.map(({ text, kept }) => sql`${text} as ${kept}`))
  const copy = await heldTable(engine, sql`select ${selected} from ${from}`, options)
  const named = join(texts.map(({ text, kept }) => sql`${kept} as ${text}`))
  const numbered = sql`(select ${named}, rowid + 1 as ${id(ROW_NUMBER)} from ${copy.table})`
  return remade(over(watchedLike(numbered, relation.from, engine.dialect)), (rows) => ({
    ...rows,
    scanCost: names.length >= WIDE ? 'high' : 'low',
    release: copy.drop,
  }))
}

const heldTable = (engine: Engine, rows: Sql, options: QueryOptions): Promise<TemporaryTable> =>
  temporaryTable(engine, `assay_held_${randomUUID()}`, (table) =>
    engine.query(sql`create temp table ${table} as ${rows}`, options),
  )
