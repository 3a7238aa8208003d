import type {
  DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  DuckDBMaterializedResult,
  DuckDBValueConverter,
} from '@duckdb/node-api'
import { stoppedError } from '../errors.ts'
import { duckdb as dialect } from '../sql/dialects/duckdb.ts'
import { keepByteOrderMarks } from './byteOrderMarks.ts'
import { type Api, duckdbApi } from './duckdbApi.ts'
import { misfit } from './duckdbErrors.ts'
import { resultConverter } from './duckdbResults.ts'
import { duckdbType, typeName } from './duckdbTypes.ts'
import { addDoubles, fillVector } from './duckdbVectors.ts'
import type { MemoryBatch, RowValue, Value } from './engine.ts'
import type {
  EngineSession,
  LastingTables,
  SessionSettings,
  Statement,
  StoredColumn,
  WantedSettings,
} from './engineSession.ts'
import { spillFolder } from './spill.ts'
import { othersTurn } from './stopping.ts'
import { type QueryRoom, roomOf, suited } from './suited.ts'

const CHUNK = 2048
const FEW_CHUNKS = 4
const TURN = 32 * CHUNK

const OWN_TABLES = `select table_name from duckdb_tables() where database_name = 'memory' and schema_name = 'main'`
const ownTable = (name: string): string => `memory.main.${dialect.quote(name)}`

/** A DuckDB of this process. */
export class DuckDBSession implements EngineSession {
  readonly version: string
  private readonly converter: DuckDBValueConverter<RowValue>
  private readonly api: Api
  private readonly instance: DuckDBInstance
  private connection: DuckDBConnection
  private readonly room: QueryRoom
  private appended: { readonly columns: readonly StoredColumn[]; readonly chunk: DuckDBDataChunk } | undefined
  /** Names of lasting tables that were needed. */
  private readonly needed = new Set<string>()
  /** Those of the tables that who has the session uses. */
  private readonly used = new Set<string>()
  private closed = false
  readonly lasting: LastingTables = {
    isNeededAgain: async (name) => {
      const isNeededAgain = this.needed.has(name)
      this.needed.add(name)
      return isNeededAgain || (await this.ownTables()).includes(name)
    },
    use: async (name) => {
      const isThere = (await this.ownTables()).includes(name)
      if (isThere) this.used.add(name)
      return isThere
    },
    keep: async (table, name) => {
      await this.connection.run(`alter table ${ownTable(table)} rename to ${dialect.quote(name)}`)
      this.used.add(name)
    },
  }

  private constructor(api: Api, instance: DuckDBInstance, connection: DuckDBConnection, room: QueryRoom) {
    this.api = api
    this.instance = instance
    this.connection = connection
    this.room = room
    this.version = api.version()
    this.converter = resultConverter(api)
  }

  /** Starts a DuckDB in memory. */
  static async open({ threads, memoryMB }: SessionSettings): Promise<DuckDBSession> {
    const api = duckdbApi()
    const instance = await api.DuckDBInstance.create(':memory:', {
      threads: String(threads),
      memory_limit: `${memoryMB}MB`,
      temp_directory: spillFolder(),
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      // It takes a Parquet file for the one it has read by its time of change alone, which whoever writes it may set.
      enable_external_file_cache: 'false',
    })
    return new DuckDBSession(api, instance, await connectionOf(instance), roomOf(threads, memoryMB))
  }

  /** Drops the tables but those that last and were used, and goes back to the settings it was opened with. */
  async renew(): Promise<void> {
    this.appended = undefined
    for (const name of await this.ownTables())
      if (!this.used.has(name)) await this.connection.run(`drop table ${ownTable(name)}`)
    this.used.clear()
    this.connection.closeSync()
    this.connection = await connectionOf(this.instance)
    await this.connection.run(`set threads = ${this.room.threads}; set preserve_insertion_order = true`)
  }

  /** The names of the tables in its own memory that are not temporary. */
  private async ownTables(): Promise<readonly string[]> {
    return (await this.rows({ text: OWN_TABLES }, { anyThreads: true })).map(([name]) => String(name))
  }

  async rows(statement: Statement, suiting: WantedSettings): Promise<readonly (readonly Value[])[]> {
    const result = await suited(this.connection, this.room, suiting, () => this.run(statement))
    // Waiting for a chunk that is there costs more than taking it; many are fetched in turns, so that others have theirs.
    const chunks =
      result.chunkCount > FEW_CHUNKS
        ? await result.fetchAllChunks()
        : Array.from({ length: result.chunkCount }, (_, i) => result.getChunk(i))
    const rows: (readonly Value[])[] = []
    for (const chunk of chunks) {
      for (let i = 0; i < chunk.columnCount; i++) keepByteOrderMarks(chunk.getColumnVector(i), this.api)
      const columns = chunk.convertColumns(this.converter)
      for (let i = 0; i < chunk.rowCount; i++) rows.push(columns.map((values) => values[i] as Value))
    }
    return rows
  }

  async numbers(statement: Statement, listOf: (length: number) => Float64Array): Promise<Float64Array> {
    // Not a stream: one that breaks off in the middle ends like one that is complete.
    const result = await suited(this.connection, this.room, {}, () => this.run(statement))
    const all = listOf(Number(result.rowCount))
    const { chunkCount } = result
    let count = 0
    for (let i = 0; i < chunkCount; i++) {
      // Waiting for a chunk that is there costs more than taking it.
      if (i > 0 && i % (TURN / CHUNK) === 0) await othersTurn()
      const chunk = result.getChunk(i)
      count += addDoubles(chunk.getColumnVector(0) as never, chunk.rowCount, all, count)
    }
    return all.subarray(0, count)
  }

  async append(
    table: string,
    columns: readonly StoredColumn[],
    { rowCount, values, valid }: MemoryBatch,
    signal: AbortSignal,
  ): Promise<void> {
    const { api } = this
    const chunk = this.chunkOf(columns)
    const appender = await this.connection.createAppender(table)
    for (let start = 0; start < rowCount; start += CHUNK) {
      // Appending waits for nothing: a signal to stop is heard in between only.
      if (start > 0 && start % TURN === 0) await othersTurn()
      if (signal.aborted) throw stoppedError(signal)
      const count = Math.min(CHUNK, rowCount - start)
      chunk.reset()
      chunk.rowCount = count
      columns.forEach(({ name, type }, i) => {
        const stretch = { values: values[i] ?? [], valid: valid?.[i], start, count }
        try {
          fillVector(chunk.getColumnVector(i) as never, type, stretch, api)
        } catch (cause) {
          throw misfit(name, typeName(type), cause)
        }
      })
      appender.appendDataChunk(chunk)
    }
    appender.closeSync()
  }

  /** One chunk serves all batches of a table: making one means making its types, dictionaries and all. */
  private chunkOf(columns: readonly StoredColumn[]): DuckDBDataChunk {
    const { api } = this
    if (this.appended?.columns !== columns) {
      // A table needs a column, and so does a dataset without any: the rows still count.
      const types = columns.length > 0 ? columns.map(({ type }) => duckdbType(type, api)) : [api.BOOLEAN]
      this.appended = { columns, chunk: api.DuckDBDataChunk.create(types) }
    }
    return this.appended.chunk
  }

  interrupt(): void {
    this.connection.interrupt()
  }

  progress(): number | undefined {
    if (this.closed) return undefined
    const { percentage } = this.connection.progress
    return percentage < 0 ? undefined : percentage / 100
  }

  async close(): Promise<void> {
    if (this.closed) return
    this.closed = true
    this.connection.closeSync()
    this.instance.closeSync()
  }

  /** A query is one statement: to have the engine look for others takes as long as to prepare it. */
  private async run({ text, params }: Statement): Promise<DuckDBMaterializedResult> {
    if (!params) return this.connection.run(text)
    const prepared = await this.connection.prepare(text)
    try {
      prepared.bind([...params])
      return await prepared.run()
    } finally {
      prepared.destroySync()
    }
  }
}

async function connectionOf(instance: DuckDBInstance): Promise<DuckDBConnection> {
  const connection = await instance.connect()
  // Progress is kept only with the bar on; it is drawn elsewhere, if at all.
  await connection.run(
    `set timezone = 'UTC'; set enable_progress_bar = true; set enable_progress_bar_print = false; set progress_bar_time = 0`,
  )
  return connection
}
