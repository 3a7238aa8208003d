import {
  type Engine,
  FILE_ROW,
  type QueryOptions,
  type Relation,
  ROW_FILE,
  ROW_NUMBER,
  type RowPlace,
  type Value,
} from '../../engine/engine.ts'
import { id, join, raw, type Sql, sql } from '../../sql/sql.ts'
import { numbersOf } from './frontFailures.ts'
import { type CommonValues, MOST_VALUES, type RowsWanted, shownCells, type Sought } from './rowsWanted.ts'

/** A failing row: its cells as text, and where it stands. */
export interface FoundRow {
  readonly place: RowPlace
  readonly line: number | undefined
  readonly cells: readonly Value[]
}

export interface FoundRows {
  readonly rows: readonly FoundRow[]
  readonly common: CommonValues | undefined
}

/** Rows of a relation with their numbers, and what the cells of their columns are there, as text. */
export interface RowSource {
  readonly engine: Engine
  readonly numbered: Sql
  cell(column: string): Sql
}

/** All rows of a relation. */
export const rowsOf = ({ engine, numbered, columns }: Relation): RowSource => ({
  engine,
  numbered: numbered as Sql,
  cell: shownCells(columns, engine.dialect),
})

/** What tells where a row of a relation stands: its number, and its place in its own file where there are several. */
export const placeColumns = ({ files }: Relation): readonly string[] =>
  files ? [ROW_NUMBER, FILE_ROW, ROW_FILE] : [ROW_NUMBER]

/** Where rows stand that begin with those. */
export const placesOf = ({ files }: Relation, rows: readonly (readonly Value[])[]): readonly RowPlace[] =>
  rows.map((row) => (files ? { row: Number(row[1]), file: String(row[2]) } : { row: Number(row[0]) }))

/** Of rows that fail seldom, so many are counted. */
const SELDOM = 200

/** The first failing rows of each check, found in one scan and read in another. */
export async function firstRowsIn(
  relation: Relation,
  source: RowSource,
  wanted: readonly Sought[],
  options: QueryOptions,
): Promise<readonly FoundRows[]> {
  const numbers = await firstNumbers(source, wanted, options)
  const rows = await rowsAt(relation, source, { wanted, numbers }, options)
  return wanted.map((one, i) => foundRows(rows[i] ?? [], one))
}

/** What is told of rows that were found. */
export const foundRows = (rows: readonly FoundRow[], wanted: RowsWanted): FoundRows => ({
  rows: rows.slice(0, wanted.most),
  common: wanted.counted.length > 0 ? valuesOf(rows, wanted) : undefined,
})

/** The numbers of the first failing rows of each, in one scan; more of those whose values are counted. */
async function firstNumbers(
  { engine, numbered }: RowSource,
  wanted: readonly Sought[],
  options: QueryOptions,
): Promise<readonly (readonly number[])[]> {
  const cells = wanted.map(({ where, most, counted }) => {
    const many = raw(String(counted.length > 0 ? Math.max(most, SELDOM) : most))
    return sql`array_to_string(min(case when ${where} then ${id(ROW_NUMBER)} end, ${many}), ' ')`
  })
  const [row = []] = await engine.query(sql`select ${join(cells)} from ${numbered}`, options)
  return row.map(numbersOf)
}

/** Rows that are wanted, by their numbers. */
interface NumberedRows {
  readonly wanted: readonly RowsWanted[]
  readonly numbers: readonly (readonly number[])[]
}

/** The rows of these numbers for each, read in one go, and their lines in the file. */
export async function rowsAt(
  relation: Relation,
  { engine, numbered, cell }: RowSource,
  { wanted, numbers }: NumberedRows,
  options: QueryOptions,
): Promise<readonly (readonly FoundRow[])[]> {
  const all = [...new Set(numbers.flat())]
  if (all.length === 0) return wanted.map(() => [])
  const names = [...new Set(wanted.flatMap(({ shown }) => shown))]
  const { texts } = engine.dialect
  const cells = names.map(cell)
  const about = placeColumns(relation)
  const selected = join([...about.map((name) => id(name)), ...(texts ? [texts(cells)] : cells)])
  const rows = await engine.query(
    sql`select ${selected} from ${numbered} where ${id(ROW_NUMBER)} in (${join(all.map((number) => raw(String(number))))}) limit ${raw(String(all.length))}`,
    options,
  )
  const places = placesOf(relation, rows)
  const lines = await relation.locate?.(places, options)
  const byNumber = new Map(
    rows.map((row, i) => {
      const own = texts ? (JSON.parse(String(row[about.length])) as readonly Value[]) : row.slice(about.length)
      return [Number(row[0]), { place: places[i] as RowPlace, line: lines?.[i], row: own }]
    }),
  )
  const at = new Map(names.map((name, i) => [name, i]))
  return wanted.map(({ shown }, i) =>
    (numbers[i] ?? []).flatMap((number): FoundRow[] => {
      const found = byNumber.get(number)
      if (!found) return []
      const { place, line, row } = found
      return [{ place, line, cells: shown.map((name) => row[at.get(name) as number] as Value) }]
    }),
  )
}

/** The commonest failing values of the rows at hand. */
function valuesOf(rows: readonly FoundRow[], { shown, counted }: RowsWanted): CommonValues {
  const groups = new Map<string, { readonly cells: readonly Value[]; count: number }>()
  for (const row of rows) {
    const cells = counted.map((name) => row.cells[shown.indexOf(name)] as Value)
    const key = JSON.stringify(cells)
    const group = groups.get(key) ?? { cells, count: 0 }
    groups.set(key, group)
    group.count++
  }
  const ranked = [...groups].sort(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1))
  return { rows: rows.length, values: ranked.slice(0, MOST_VALUES).map(([, group]) => group) }
}
