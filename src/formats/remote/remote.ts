import { type Engine, type QueryOptions, type Relation, ROW_NUMBER } from '../../engine/engine.ts'
import { currentSignal } from '../../engine/running.ts'
import { AssayError, firstLine } from '../../errors.ts'
import { id, join, literal, raw, sql } from '../../sql/sql.ts'
import { endingOf } from '../fileSource.ts'
import { openLines } from '../json/json.ts'
import { typeOfTexts } from '../../cells/lexical.ts'
import { readLines } from '../lines/lines.ts'
import { withFindings } from '../ownNames.ts'
import { type EngineColumn, parquetColumns } from '../parquet/parquetColumns.ts'
import { checkFooters } from '../parquet/parquetFooter.ts'
import { isRemote, stableQuery, withoutSecrets } from '../../bytes/address.ts'
import type { CommonOptions } from '../commonOptions.ts'
import type { SourceKind } from '../source.ts'
import { spelling } from '../../cells/spelling.ts'
import { spooled } from '../../bytes/spool.ts'
import { textCells } from '../../cells/textCells.ts'

/** Rows whose texts decide on types. */
const LOOKED_AT = 5000

/** Files behind `https://`, `s3://`, `gs://`, `r2://` and `hf://`, read by DuckDB's extension httpfs where it is installed. */
export const remote: SourceKind = {
  name: 'remote',
  options: {},
  reads: 'https:// and s3:// addresses of Parquet, CSV and JSON Lines files',
  accepts: (source) => typeof source === 'string' && isRemote(source),
  label: (source) => withoutSecrets(String(source)),
  identity: { exact: (source) => [withoutSecrets(String(source)), stableQuery(String(source))] },
  files: (source) => [String(source)],
  async open(source, options) {
    const url = String(source)
    const format = options.format ?? endingOf(withoutSecrets(url))
    const read = Object.hasOwn(readers, format) ? readers[format] : undefined
    if (!read)
      throw new AssayError(
        'unsupported-source',
        `no source reads ${JSON.stringify(format)} from ${JSON.stringify(withoutSecrets(url))}`,
        {
          hint: `download it, or say the format: { format: … } of ${Object.keys(readers).join(', ')}`,
        },
      )
    return {
      // Settings are an engine's: credentials on one that others use would be those of their sources.
      ...(takesCredentials(url) ? { engine: credentialed } : {}),
      async relation(engine, query = {}) {
        await loadExtension(engine, url)
        try {
          return await read(engine, url, options, query)
        } catch (cause) {
          if (cause instanceof AssayError && cause.code !== 'query-failed') throw cause
          const words = cause instanceof AssayError ? firstLine(cause.cause ?? cause) : firstLine(cause)
          const shown = JSON.stringify(withoutSecrets(url))
          throw new AssayError(
            'unreadable-file',
            `${shown} cannot be read: ${words.replaceAll(url, withoutSecrets(url))}`,
          )
        }
      },
    }
  },
}

type Reader = (engine: Engine, url: string, options: CommonOptions, query: QueryOptions) => Promise<Relation>

const delimited =
  (delimiter?: string): Reader =>
  async (engine, url, options, query) => {
    const { missing = [''], types = {} } = options
    const spelled = spelling(options)
    const given = delimiter === undefined ? sql`` : sql`, delim = ${literal(delimiter)}`
    const texts = join(missing.map((one) => literal(String(one))))
    const read = sql`read_csv(${url}, all_varchar = true, header = true, nullstr = [${texts}]${given})`
    const { columns } = await engine.relation(read, {}, query)
    const names = columns.map(({ name }) => name)
    const head = await engine.query(
      sql`select ${join(names.map((name) => id(name)))} from ${read} limit ${raw(String(LOOKED_AT))}`,
      query,
    )
    const wanted = names.map((name, i) => {
      const declared = Object.hasOwn(types, name) ? types[name] : undefined
      const texts = head.flatMap((row) => (row[i] === null ? [] : [String(row[i])]))
      return { name, ...typeOfTexts(spelled ? texts.map(spelled.text) : texts, declared) }
    })
    return textCells(engine, { table: read, rowNumber: sql`row_number() over ()`, spelled: spelled?.sql }, wanted)
  }

/** The lines come once, as a temporary copy, which is then read as any file. */
const lines: Reader = async (engine, url, options, query) => {
  const file = withoutSecrets(url)
  const { from } = readLines(url, sql`${url}`)
  const copy = await spooled('jsonl', `a copy of ${JSON.stringify(file)}`, async ({ path }) => {
    await engine.query(
      sql`copy (select text from ${from}) to ${literal(path)}
        (format csv, header false, delimiter ${literal('\u{1}')}, quote '', escape '', nullstr '')`,
      query,
    )
  })
  const opened = await openLines([{ file, path: copy.path, copy }], options, query.signal ?? currentSignal())
  return opened.relation(engine, query)
}

const readers: Readonly<Record<string, Reader>> = {
  parquet: async (engine, url, _, query) => {
    const read = sql`read_parquet(${url})`
    await checkFooters(engine, [{ file: withoutSecrets(url), path: url }], query)
    const described = await engine.query(sql`describe select * from ${read}`, query)
    const columns = described.map(([name, type]): EngineColumn => [String(name), String(type)])
    const own = await parquetColumns(engine, [{ file: withoutSecrets(url), path: url }], columns, query)
    const numbered = sql`(select ${own?.selected ?? sql`*`}, file_row_number + 1 as ${id(ROW_NUMBER)} from ${read})`
    const table = own ? sql`(select ${own.selected} from ${read})` : read
    return withFindings(await engine.relation(table, { numbered, scanCost: 'high' }, query), own?.findings ?? [])
  },
  csv: delimited(),
  tsv: delimited('\t'),
  jsonl: lines,
  ndjson: lines,
}

async function loadExtension(engine: Engine, url: string): Promise<void> {
  try {
    await engine.query(sql`load httpfs`)
  } catch (cause) {
    const words = cause instanceof AssayError && cause.cause instanceof Error ? cause.cause.message : String(cause)
    const place = /Extension "([^"]+)" not found/.exec(words)?.[1]
    throw new AssayError(
      'unsupported-source',
      `reading ${JSON.stringify(withoutSecrets(url))} takes DuckDB's extension httpfs, which ${place ? 'is not installed' : `cannot be loaded: ${words.split('\n', 1)[0]}`}`,
      {
        hint: `install it once, by hand: run INSTALL httpfs in ${engine.version}${place ? `, or put the file at ${place}` : ''}; or download the data`,
        cause,
      },
    )
  }
  if (takesCredentials(url)) await useCredentials(engine)
}

const settings = {
  s3_access_key_id: 'AWS_ACCESS_KEY_ID',
  s3_secret_access_key: 'AWS_SECRET_ACCESS_KEY',
  s3_session_token: 'AWS_SESSION_TOKEN',
  s3_region: 'AWS_REGION',
} as const

/** Whether an address is of a store for which the environment has credentials. */
const takesCredentials = (url: string): boolean =>
  !/^(https?|hf):/i.test(url) && Object.values(settings).some((variable) => process.env[variable] !== undefined)

const engines = new Map<string, Promise<Engine>>()

/** The engine of all sources that are read with the credentials the environment has now. */
async function credentialed(): Promise<Engine> {
  const key = JSON.stringify(Object.values(settings).map((variable) => process.env[variable] ?? null))
  const { createDuckDB } = await import('../../engine/duckdb.ts')
  const known = engines.get(key)
  if (known && !(await known).lost) return known
  const started = createDuckDB({ memoryShare: 0.5 })
  engines.set(key, started)
  return started
}

/** The credentials of the environment, as other tools for S3 take them. */
async function useCredentials(engine: Engine): Promise<void> {
  for (const [setting, variable] of Object.entries(settings)) {
    const value = process.env[variable]
    if (value === undefined) continue
    await engine.query(sql`set ${id(setting)} = ${literal(value)}`).catch(() => {
      // The engine's error would show the value.
      throw new AssayError('query-failed', `the engine refused the value of the environment's ${variable}`)
    })
  }
}
