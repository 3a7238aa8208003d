import { type Engine, type QueryOptions, type Relation, ROW_NUMBER } from '../../engine/engine.ts'
import { runStoppable } from '../../engine/running.ts'
import { throwIfStopped } from '../../engine/stopping.ts'
import { AssayError, firstLine, hasCode } from '../../errors.ts'
import { id, raw, sql } from '../../sql/sql.ts'
import { endingOf, type FileKind } from '../fileSource.ts'
import { fileFormats, type FileOptions } from '../fileFormats.ts'
import { withFindings } from '../ownNames.ts'
import { type EngineColumn, parquetColumns } from '../parquet/parquetColumns.ts'
import { checkFooters } from '../parquet/parquetFooter.ts'
import { parquet } from '../parquet/parquet.ts'
import { withoutSecrets } from '../../bytes/address.ts'
import { PACKED } from '../../bytes/unpackedBytes.ts'
import { fileFingerprint } from '../../bytes/files.ts'
import { remoteBytes, type RemoteObject, remoteObject } from '../../bytes/http.ts'
import { spooled } from '../../bytes/spool.ts'
import type { OpenOptions, OpenedSource } from '../source.ts'
import { loadExtension, takesCredentials, credentialed } from './httpfs.ts'

/** The largest Parquet object that is copied whole where the engine's extension is not there to read parts of it. */
const COPIED = 256 * 1024 ** 2

/** Opens the files at an address, of a format that is undefined where nothing says it. */
export async function openRemote(
  url: string,
  format: FileKind | undefined,
  options: OpenOptions<FileOptions>,
  signal?: AbortSignal,
): Promise<OpenedSource> {
  if (!format)
    throw new AssayError(
      'unsupported-source',
      `no source reads ${JSON.stringify(options.format ?? endingOf(withoutSecrets(url)))} from ${JSON.stringify(withoutSecrets(url))}`,
      { hint: `say the format: { format: … } of ${fileFormats.map(({ name }) => name).join(', ')}` },
    )
  return format.name === parquet.name ? inParts(url, options, signal) : copied(url, format, options, signal)
}

/** An object whose bytes are all read, as a copy that goes with what was opened. */
async function copied(
  url: string,
  format: FileKind,
  options: OpenOptions<FileOptions>,
  signal: AbortSignal | undefined,
): Promise<OpenedSource> {
  const file = withoutSecrets(url)
  const copy = await spooled('copy', `a copy of ${JSON.stringify(file)}`, async (spool) => {
    for await (const bytes of remoteBytes(url, signal)) await spool.write(bytes)
  })
  const opened = await format.openFiles([{ file, path: copy.path, copy }], options, signal)
  return { ...opened, fingerprint: () => fileFingerprint(copy.path) }
}

/**
 * Parquet, of which the engine asks for what it needs, as long as its server tells what changes; else it is copied, unless
 * it is too large for that.
 */
async function inParts(
  url: string,
  options: OpenOptions<FileOptions>,
  signal: AbortSignal | undefined,
): Promise<OpenedSource> {
  // The engine knows stores that are not known here, and says what is wrong.
  let refusal: unknown
  const first = await remoteObject(url, signal).catch((error: unknown): RemoteObject => {
    throwIfStopped(signal)
    refusal = error
    return {}
  })
  const { size = Number.POSITIVE_INFINITY, stamp } = first
  const mayCopy = size <= COPIED
  let whole: Promise<OpenedSource> | undefined

  const takesParts = async (engine: Engine): Promise<boolean> => {
    if (whole || (mayCopy && stamp === undefined)) return false
    try {
      await loadExtension(engine, url)
      return true
    } catch (missing) {
      if (!mayCopy) throw hasCode(refusal, 'unreadable-file') ? refusal : missing
      return false
    }
  }
  const intact = async (): Promise<boolean> => {
    // Of a copy nothing changes.
    if (whole) return true
    const latest = await runStoppable((stop) => remoteObject(url, stop))
    return latest.size === first.size && (stamp === undefined || latest.stamp === stamp)
  }
  return {
    // Settings are an engine's: credentials on one that others use would be those of their sources.
    ...(takesCredentials(url) ? { engine: credentialed } : {}),
    ...(first.size === undefined && stamp === undefined ? {} : { snapshot: { same: intact, intact } }),
    async relation(engine, query = {}) {
      if (await takesParts(engine)) return readParquet(engine, url, options, query)
      whole ??= copied(url, parquet, options, query.signal ?? signal)
      return (await whole).relation(engine, query)
    },
    bytes: async () => PACKED * size,
    fingerprint: async () => stamp ?? (await whole)?.fingerprint?.(),
  }
}

async function readParquet(
  engine: Engine,
  url: string,
  { union = false, hive = false }: OpenOptions<FileOptions>,
  query: QueryOptions,
): Promise<Relation> {
  const file = withoutSecrets(url)
  try {
    const read = sql`read_parquet(${url}, union_by_name = ${raw(String(union))}, hive_partitioning = ${raw(String(hive))})`
    await checkFooters(engine, [{ file, path: url }], query)
    const described = await engine.query(sql`describe select * from ${read}`, query)
    const columns = described.map(([name, type]): EngineColumn => [String(name), String(type)])
    const own = await parquetColumns(engine, [{ file, path: url }], columns, query)
    const numbered = sql`(select ${own?.selected ?? sql`*`}, file_row_number + 1 as ${id(ROW_NUMBER)} from ${read})`
    const table = own ? sql`(select ${own.selected} from ${read})` : read
    return withFindings(await engine.relation(table, { numbered, scanCost: 'high' }, query), own?.findings ?? [])
  } catch (cause) {
    if (cause instanceof AssayError && cause.code !== 'query-failed') throw cause
    const words = cause instanceof AssayError ? firstLine(cause.cause ?? cause) : firstLine(cause)
    throw new AssayError('unreadable-file', `${JSON.stringify(file)} cannot be read: ${words.replaceAll(url, file)}`)
  }
}
