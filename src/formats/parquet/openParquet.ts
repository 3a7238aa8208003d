import { open } from 'node:fs/promises'
import { type Engine, FILE_ROW, type QueryOptions, type Relation, ROW_FILE, ROW_NUMBER } from '../../engine/engine.ts'
import { stating } from '../../engine/statedCounts.ts'
import { AssayError, firstLine } from '../../errors.ts'
import { id, join, literal, raw, type Sql, sql } from '../../sql/sql.ts'
import { literalPath, sizeOf } from '../../bytes/files.ts'
import { letRead } from '../lockedEngine.ts'
import { withFindings } from '../ownNames.ts'
import { type EngineColumn, isFloating, parquetColumns } from './parquetColumns.ts'
import { parquetCounts } from './parquetCounts.ts'
import { refuseLongDecimals } from './longDecimals.ts'
import { checkFooters } from './parquetFooter.ts'
import { type NamedFile, unpacked } from '../../bytes/unpacked.ts'
import type { OpenOptions, OpenedSource } from '../source.ts'
import type { ParquetOptions } from './parquetOptions.ts'

/** Opens Parquet files as one relation. */
export async function openParquet(
  packed: readonly NamedFile[],
  { union = false, hive = false }: OpenOptions<ParquetOptions>,
  signal?: AbortSignal,
): Promise<OpenedSource> {
  const named = await unpacked(packed, 'parquet', signal)
  const files = named.map(({ file }) => file)
  for (const one of named) await checkParquet(one)
  const copies = named.flatMap(({ copy }) => copy ?? [])
  if (hive && copies.length > 0)
    throw new AssayError('unsupported-source', 'hive: folders are no columns of compressed Parquet files', {
      hint: 'decompress them: Parquet compresses its own pages',
    })
  const places = named.map(({ file, path }) => ({ file, path: literalPath(path) }))
  const paths = new Map(places.map(({ file, path }) => [file, path]))
  const read = (some: readonly string[], about = sql``): Sql =>
    sql`read_parquet([${join(some.map((file) => sql`${paths.get(file) ?? file}`))}],
      hive_partitioning = ${raw(String(hive))}, union_by_name = ${raw(String(union))}${about})`
  return {
    async relation(engine, options) {
      for (const { path } of copies) letRead(engine, path)
      const columns = await columnsOf(engine, files, read, options)
      if (!union) refuseDifferences(columns)
      const sums = await checkFooters(engine, places, options)
      const all = await allColumns(engine, files, columns, read, options)
      if (all.some(isFloating)) await refuseLongDecimals(engine, places, options)
      const own = await parquetColumns(engine, places, all, options)
      const names = columns.flatMap(({ types }) => [...types.keys()].map((name) => name.toLowerCase()))
      const numbered = numberedRows(files, read, { names, copied: copies.length > 0, selected: own?.selected })
      const table = own ? sql`(select ${own.selected} from ${read(files)})` : read(files)
      const relation = withFindings(await engine.relation(table, { numbered }, options), own?.findings ?? [])
      const whole: Relation = {
        ...relation,
        columnar: true,
        ...(files.length > 1 ? { files: true } : {}),
        diagnose: (query) => diagnose(files, read, query),
      }
      // A folder's value may stand in place of a column's.
      return stating(whole, hive ? undefined : parquetCounts(engine, places, sums))
    },
  }
}

type Read = (files: readonly string[], about?: Sql) => Sql

interface NumberedOptions {
  /** The names of the files' columns, in lower case. */
  readonly names: readonly string[]
  /** Some file is read from a copy, whose name is not the file's. */
  readonly copied: boolean
  readonly selected: Sql | undefined
}

/** The rows with their numbers; where a file's own column has the name of the engine's, rows are counted as they come. */
function numberedRows(
  files: readonly string[],
  read: Read,
  { names, copied, selected = sql`*` }: NumberedOptions,
): Sql {
  const several = files.length > 1
  const clash = copied || ['file_row_number', 'filename', 'file_index'].some((name) => names.includes(name))
  if (!clash) {
    const about = several
      ? sql`row_number() over () as ${id(ROW_NUMBER)}, filename as ${id(ROW_FILE)}, file_row_number + 1 as ${id(FILE_ROW)}`
      : sql`file_row_number + 1 as ${id(ROW_NUMBER)}`
    return sql`(select ${selected}, ${about} from ${read(files)})`
  }
  if (!several) return sql`(select ${selected}, row_number() over () as ${id(ROW_NUMBER)} from ${read(files)})`
  const parts = files.map(
    (file) =>
      sql`select *, ${literal(file)} as ${id(ROW_FILE)}, row_number() over () as ${id(FILE_ROW)} from ${read([file])}`,
  )
  const about = sql`row_number() over () as ${id(ROW_NUMBER)}, ${id(ROW_FILE)}, ${id(FILE_ROW)}`
  return sql`(select ${selected}, ${about} from (${join(parts, ' union all by name ')}))`
}

interface FileColumns {
  readonly file: string
  readonly types: ReadonlyMap<string, string>
}

async function columnsOf(
  engine: Engine,
  files: readonly string[],
  read: Read,
  options: QueryOptions | undefined,
): Promise<readonly FileColumns[]> {
  const described: FileColumns[] = []
  for (const file of files) {
    try {
      const rows = await engine.query(sql`describe select * from ${read([file])}`, options)
      described.push({ file, types: new Map(rows.map(([name, type]) => [String(name), String(type)])) })
    } catch (cause) {
      throw unreadable(file, cause)
    }
  }
  return described
}

/** The columns of all files together. */
async function allColumns(
  engine: Engine,
  files: readonly string[],
  columns: readonly FileColumns[],
  read: Read,
  options: QueryOptions | undefined,
): Promise<readonly EngineColumn[]> {
  if (columns.length === 1) return [...(columns[0] as FileColumns).types]
  const rows = await engine.query(sql`describe select * from ${read(files)}`, options)
  return rows.map(([name, type]) => [String(name), String(type)])
}

function refuseDifferences([first, ...others]: readonly FileColumns[]): void {
  if (!first) return
  const lacking = 'with { union: true } a column that a file does not have is missing in its rows'
  const wrong = (message: string, hint = lacking) => new AssayError('unreadable-file', message, { hint })
  for (const { file, types } of others) {
    for (const [name, type] of first.types) {
      const own = types.get(name)
      const [here, there] = [JSON.stringify(file), JSON.stringify(first.file)]
      if (own === undefined) throw wrong(`${here} has no column ${JSON.stringify(name)}, and ${there} has one`)
      if (own !== type)
        throw wrong(
          `column ${JSON.stringify(name)} is ${own} in ${here} and ${type} in ${there}`,
          'with { union: true } a column is of a type that holds the values of all files, text where nothing else does',
        )
    }
    const more = [...types.keys()].find((name) => !first.types.has(name))
    if (more !== undefined)
      throw wrong(
        `${JSON.stringify(file)} has a column ${JSON.stringify(more)}, and ${JSON.stringify(first.file)} has none`,
      )
  }
}

function unreadable(file: string, cause: unknown): unknown {
  if (cause instanceof AssayError && ['aborted', 'engine-lost', 'changed'].includes(cause.code)) return cause
  const words = firstLine(cause).replace(/^the engine could not run the query: /, '')
  const encrypted = /encrypt/i.test(words)
  if (/Out of Memory/.test(words))
    return new AssayError(
      'unreadable-file',
      `${JSON.stringify(file)} takes more memory than the engine has: ${words}`,
      {
        hint: 'its pages unpack to more than fits: write it with smaller pages and row groups, or run fewer workers',
        cause,
      },
    )
  return new AssayError('unreadable-file', `${JSON.stringify(file)} cannot be read as Parquet: ${reasonOf(words)}`, {
    hint: encrypted ? 'decrypt the file first' : 'the file is damaged, or written by a newer version of the format',
    cause,
  })
}

/** What is wrong, without the engine's name for a mistake of which it knows nothing more. */
const reasonOf = (words: string): string =>
  words.replace(/^Invalid (Input )?Error:? */, '').trim() || 'its pages do not unpack to values'

/** The first file whose values cannot be read, and why; asked of engines that others do not lose with it. */
async function diagnose(
  files: readonly string[],
  read: Read,
  options: QueryOptions | undefined,
): Promise<string | undefined> {
  const { createDuckDB } = await import('../../engine/duckdb.ts')
  const engine = await createDuckDB({ memoryShare: 0.25 })
  try {
    for (const file of files) {
      try {
        await engine.query(sql`select count(*) from ${read([file])}`, options)
        await engine.query(sql`select max(hash(columns(*))) from ${read([file])}`, options)
      } catch (cause) {
        const found = unreadable(file, cause)
        return found instanceof Error ? found.message : undefined
      }
    }
  } finally {
    await engine.close()
  }
  return undefined
}

async function checkParquet({ file, path }: NamedFile): Promise<void> {
  const size = await sizeOf(path)
  const shown = JSON.stringify(file)
  if (size === 0) throw new AssayError('empty-file', `${shown} is empty (0 bytes), so it is not a Parquet file`)
  const [head, tail] = await magic(path, size)
  if (head === 'PARE' || tail === 'PARE') {
    throw new AssayError('unreadable-file', `${shown} is an encrypted Parquet file`, { hint: 'decrypt the file first' })
  }
  if (head !== 'PAR1') {
    throw new AssayError(
      'unreadable-file',
      `${shown} is not a Parquet file: it starts with ${JSON.stringify(head)}, not "PAR1"`,
    )
  }
  if (tail !== 'PAR1') {
    throw new AssayError(
      'unreadable-file',
      `${shown} is cut off: a Parquet file ends with "PAR1", this one (${size} bytes) does not`,
      { hint: 'the download or copy did not finish; get the file again' },
    )
  }
}

async function magic(file: string, size: number): Promise<readonly [string, string]> {
  const handle = await open(file, 'r')
  try {
    const four = Buffer.alloc(4)
    const read = async (position: number) => {
      const { bytesRead } = await handle.read(four, 0, 4, Math.max(0, position))
      return four.subarray(0, bytesRead).toString('latin1')
    }
    return [await read(0), await read(size - 4)]
  } finally {
    await handle.close()
  }
}
