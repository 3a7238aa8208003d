import { type Engine, isReserved, type QueryOptions, type SourceFinding } from '../../engine/engine.ts'
import { id, join, type Sql, sql } from '../../sql/sql.ts'
import { nameFindings, type OwnName, ownNames } from '../ownNames.ts'

/** A column as the engine reads it: its name, and the engine's own name of its type. */
export type EngineColumn = readonly [name: string, type: string]

/** A file that is called by one name, and by another for the engine. */
export interface ParquetPlace {
  readonly file: string
  readonly path: string
}

/** How the columns of Parquet files are read. */
export interface ParquetColumns {
  /** What to select of them. */
  readonly selected: Sql
  readonly findings: readonly SourceFinding[]
}

/**
 * What to select of Parquet files where the engine's reading of a column is not the one wanted; undefined where it is:
 * under a name that is the engine's invention, as a geometry instead of its bytes, by statistics that leave NaN out.
 */
export async function parquetColumns(
  engine: Engine,
  files: readonly ParquetPlace[],
  columns: readonly EngineColumn[],
  options: QueryOptions | undefined,
): Promise<ParquetColumns | undefined> {
  const names = await namesOf(engine, files, columns, options)
  const hidden = columns.some(isFloating) && (await hidesNaN(engine, files, options))
  const usual = columns.every((column) => !isGeometry(column) && !(hidden && isFloating(column)))
  if (!names && usual) return undefined
  const selected = columns.map((column, i) => {
    const [name] = column
    // The engine proves nothing by statistics about what this gives, which is the value itself.
    const value = hidden && isFloating(column) ? sql`greatest(${id(name)})` : id(name)
    return sql`${isGeometry(column) ? sql`st_aswkb(${id(name)})` : value} as ${id(names?.[i]?.name ?? name)}`
  })
  const findings = names ? files.flatMap((file) => nameFindings(names, { file: file.file })) : []
  return { selected: join(selected), findings }
}

const isGeometry = ([, type]: EngineColumn): boolean => /^GEOMETRY\b/.test(type)
export const isFloating = ([, type]: EngineColumn): boolean => /\b(FLOAT|DOUBLE)\b/.test(type)

/**
 * Whether least and greatest values in the files' statistics may leave NaN out, as Arrow and others write them. The engine
 * takes NaN for the greatest number, so `x > 5` by such statistics would lose it. It writes none beside NaN itself.
 */
async function hidesNaN(
  engine: Engine,
  files: readonly ParquetPlace[],
  options: QueryOptions | undefined,
): Promise<boolean> {
  const writers = await engine.query(
    sql`select distinct created_by from parquet_file_metadata([${paths(files)}])`,
    options,
  )
  return !writers.every(([writer]) => /^DuckDB version v(1\.([5-9]|\d\d)|[2-9]|\d\d)/.test(String(writer)))
}

const paths = (files: readonly ParquetPlace[]): Sql => join(files.map(({ path }) => sql`${path}`))

/** The columns' own names, where the engine may have invented one: `C0` for a blank one, `a_1` for a repeated one. */
async function namesOf(
  engine: Engine,
  files: readonly ParquetPlace[],
  columns: readonly EngineColumn[],
  options: QueryOptions | undefined,
): Promise<readonly OwnName[] | undefined> {
  if (!columns.some(([name]) => isReserved(name) || /^(C\d+|.*_\d+|\s*)$/s.test(name))) return undefined
  const written = new Map<string, string>()
  for (const { path } of files) {
    const rows = await engine.query(sql`select name, coalesce(num_children, 0) from parquet_schema(${path})`, options)
    const described = await engine.query(
      sql`describe select * from read_parquet(${path}, hive_partitioning = false)`,
      options,
    )
    topLevel(rows.map(([name, children]) => [String(name), Number(children)])).forEach((name, i) => {
      const own = described[i]?.[0]
      if (own !== undefined && !written.has(String(own))) written.set(String(own), name)
    })
  }
  const names = ownNames(
    columns.map(([name]) => written.get(name) ?? name),
    files.map(({ file }) => JSON.stringify(file)).join(', '),
  )
  return names.some(({ name }, i) => name !== columns[i]?.[0]) ? names : undefined
}

/** The names right under the root of a schema, whose parts stand one after another, each before its own parts. */
function topLevel(parts: readonly (readonly [name: string, children: number])[]): readonly string[] {
  const names: string[] = []
  const open: number[] = []
  parts.slice(1).forEach(([name, children]) => {
    while (open.at(-1) === 0) open.pop()
    if (open.length === 0) names.push(name)
    else open[open.length - 1] = (open.at(-1) as number) - 1
    if (children > 0) open.push(children)
  })
  return names
}
