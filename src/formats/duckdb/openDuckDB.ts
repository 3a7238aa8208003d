import path from 'node:path'
import type { Engine, QueryOptions } from '../../engine/engine.ts'
import { AssayError, nearestHint } from '../../errors.ts'
import { id, literal, type Sql, sql } from '../../sql/sql.ts'
import { fileHead } from '../../bytes/bytes.ts'
import { stateOfFiles } from '../../bytes/fileState.ts'
import { besideDatabase } from './besideDatabase.ts'
import { lock, refusal } from '../lockedEngine.ts'
import type { NamedFile } from '../../bytes/unpacked.ts'
import type { OpenOptions, OpenedSource } from '../source.ts'
import type { DatabaseOptions } from './databaseOptions.ts'
import { quoted } from '../../words/text/quoted.ts'

const ATTACHED = 'file'

/** Opens a table of a DuckDB file. */
export async function openDuckDB(
  files: readonly NamedFile[],
  { table }: OpenOptions<DatabaseOptions>,
): Promise<OpenedSource> {
  const named = files[0] as NamedFile
  const { file } = named
  if (files.length > 1)
    throw new AssayError('wrong-argument', `dataset() got ${files.length} DuckDB files`, {
      hint: 'open each by itself, and put them together in dataset(sql`select … from ${one} union all …`)',
    })
  await checkDuckDB(named)
  return {
    engine: () => engineOf(named),
    async relation(engine, options) {
      const name = await attached(engine, named)
      const relation = await tableOf(engine, name, file, table, options)
      try {
        return await engine.relation(relation, { rowNumber: sql`row_number() over ()` }, options)
      } catch (error) {
        throw refusal(error, `a view of ${JSON.stringify(file)}`) ?? error
      }
    },
  }
}

async function checkDuckDB({ file, path: place }: NamedFile): Promise<void> {
  const head = await fileHead(place, 16)
  const shown = JSON.stringify(file)
  if (head.subarray(8, 12).toString('latin1') === 'DUCK') return
  const what =
    head.length === 0
      ? 'is empty (0 bytes)'
      : head.toString('latin1').startsWith('SQLite format 3')
        ? 'is an SQLite file'
        : 'is not a DuckDB file'
  throw new AssayError(head.length === 0 ? 'empty-file' : 'unreadable-file', `${shown} ${what}`, {
    hint: 'export the table as Parquet or CSV, or make a DuckDB file of it',
  })
}

/** The engine of the latest state of a file, by path. One that is left goes with the last who reads it. */
const engines = new Map<string, { readonly state: string; readonly engine: Promise<Engine> }>()

/** The names that engines have for files, by path: an engine itself tells paths as the system resolves them, links away. */
const attachments = new WeakMap<Engine, Map<string, string>>()

/** One engine per state of a file: its tables share it, and a file that was written anew is attached anew. */
async function engineOf(named: NamedFile): Promise<Engine> {
  const place = path.resolve(named.path)
  const state = stateOfFiles([place, ...besideDatabase(place)])
  if (state === undefined) return engineWith(named)
  const known = engines.get(place)
  if (known?.state === state) {
    if (!(await known.engine).lost) return known.engine
    if (engines.get(place) !== known) return engineOf(named)
  }
  const engine = engineWith(named)
  engines.set(place, { state, engine })
  engine.catch(() => engines.get(place)?.engine === engine && engines.delete(place))
  return engine
}

async function engineWith(named: NamedFile): Promise<Engine> {
  const { createDuckDB } = await import('../../engine/duckdb.ts')
  const engine = await createDuckDB({ memoryShare: 0.5 })
  await attach(engine, named, ATTACHED)
  attachments.set(engine, new Map([[path.resolve(named.path), ATTACHED]]))
  await lock(engine)
  return engine
}

/** The name under which an engine has the file; it is attached where it is not yet. */
async function attached(engine: Engine, named: NamedFile): Promise<string> {
  const place = path.resolve(named.path)
  const own = attachments.get(engine) ?? new Map<string, string>()
  attachments.set(engine, own)
  const known = own.get(place)
  if (known !== undefined) return known
  const name = `${ATTACHED} ${named.file}`
  await attach(engine, named, name)
  own.set(place, name)
  return name
}

async function attach(engine: Engine, { file, path: place }: NamedFile, name: string): Promise<void> {
  const shown = JSON.stringify(file)
  try {
    await engine.query(sql`attach ${literal(path.resolve(place))} as ${id(name)} (type duckdb, read_only)`)
  } catch (cause) {
    const words = cause instanceof AssayError && cause.cause instanceof Error ? cause.cause.message : String(cause)
    if (/could not set lock|conflicting lock/i.test(words)) {
      const holder = /PID (\d+)/.exec(words)?.[1]
      throw new AssayError(
        'unreadable-file',
        `${shown} is open for writing in another process${holder ? ` (${holder})` : ''}`,
        { hint: 'close it there, or give a copy of the file', cause },
      )
    }
    const first = words.split('\n', 1)[0] ?? ''
    throw new AssayError('unreadable-file', `${shown} cannot be opened as a DuckDB file: ${first}`, {
      hint: /version/i.test(words) ? `it was written by another version; this is ${engine.version}` : undefined,
      cause,
    })
  }
}

async function tableOf(
  engine: Engine,
  database: string,
  file: string,
  wanted: string | undefined,
  options: QueryOptions | undefined,
): Promise<Sql> {
  const rows = await engine.query(
    sql`select schema_name, table_name as name from duckdb_tables() where database_name = ${database} and not internal
      union all select schema_name, view_name from duckdb_views() where database_name = ${database} and not internal
      order by 1, 2`,
    options,
  )
  const tables = rows.map(([schema, name]) => ({
    schema: String(schema),
    name: String(name),
    shown: schema === 'main' ? String(name) : `${String(schema)}.${String(name)}`,
  }))
  const names = tables.map(({ shown }) => shown)
  const shownFile = JSON.stringify(file)
  const match =
    wanted === undefined ? (tables.length === 1 ? tables[0] : undefined) : tables.find(({ shown }) => shown === wanted)
  if (match) return id(database, match.schema, match.name)
  if (tables.length === 0) throw new AssayError('unreadable-file', `${shownFile} holds no tables`)
  const all = quoted(names)
  const elsewhere = tables.find(({ name }) => name === wanted)
  throw new AssayError(
    'wrong-argument',
    wanted === undefined
      ? `${shownFile} holds ${tables.length} tables: which one?`
      : `${shownFile} holds no table ${JSON.stringify(wanted)}`,
    {
      hint: nearestHint(
        wanted,
        names,
        elsewhere ? `did you mean ${JSON.stringify(elsewhere.shown)}?` : `give { table: … }, one of ${all}`,
      ),
    },
  )
}
