import { availableParallelism } from 'node:os'
import type { DuckDBConnection, DuckDBInstance, DuckDBMaterializedResult, DuckDBValueConverter } from '@duckdb/node-api'
import { madeWhenAsked } from './madeWhenAsked.ts'
import { type TemporaryTable, temporaryTable } from './temporaryTable.ts'
import { AssayError, stoppedError } from '../errors.ts'
import { duckdb as dialect } from '../sql/dialects/duckdb.ts'
import { type Guard, id, join, type Sql, sql } from '../sql/sql.ts'
import { type Bound, bound, withStandIns } from './bound.ts'
import { keepByteOrderMarks } from './byteOrderMarks.ts'
import { type Api, duckdbApi } from './duckdbApi.ts'
import { resultConverter } from './duckdbResults.ts'
import { duckdbType, typeName, typeSql } from './duckdbTypes.ts'
import { addDoubles, fillVector } from './duckdbVectors.ts'
import type {
  Column,
  Engine,
  MemoryColumn,
  MemoryTable,
  NumbersOptions,
  QueryOptions,
  Relation,
  RelationShape,
  RowValue,
  Value,
} from './engine.ts'
import { ROW_NUMBER, withColumns } from './engine.ts'
import { type ExactType, exactOf } from './exactType.ts'
import { misfit, queryError } from './duckdbErrors.ts'
import { keptAnswer } from './keptAnswers.ts'
import { endsEngine, isLost, lostError } from './lost.ts'
import { workerMemory } from './memory.ts'
import { currentSignal, onBusy, stoppable, track } from './running.ts'
import { spillFolder } from './spill.ts'
import { othersTurn } from './stopping.ts'
import { type QueryRoom, roomOf, suited } from './suited.ts'
import { reportQueries } from './threads.ts'
import { clearInterval, setImmediate, setInterval } from '../realTimers.ts'

const CHUNK = 2048
const FEW_CHUNKS = 4
const TURN = 32 * CHUNK

/** Settings of an embedded DuckDB. */
export interface DuckDBOptions {
  /** Threads of one query; default: the cores over `ASSAY_WORKERS`. */
  readonly threads?: number
  /** Memory before it spills to disk, in MB; default: 60 % of the machine, or container, over `ASSAY_WORKERS`. */
  readonly memoryMB?: number
  /** The share of that memory it gets, for an engine beside another one; default 1. */
  readonly memoryShare?: number
}

const shared = Symbol.for('assay.engine.duckdb')

/** The engine of this process, started at first use, and anew once an error of its own has ended it. Shared by every copy of the package in the process. */
export async function sharedDuckDB(): Promise<Engine> {
  const holder = process as unknown as Record<symbol, Promise<Engine> | undefined>
  const running = holder[shared]
  if (running && !(await running).lost) return running
  if (holder[shared] === running) {
    const started = createDuckDB()
    holder[shared] = started
    // It cannot be stopped, but a worker thread must not end before it is there.
    track({ stop: () => {}, ended: started.catch(() => {}) })
  }
  return holder[shared] ?? sharedDuckDB()
}

/** Closes the engine of this process, if it was started, and removes what it spilled to disk. */
export async function closeSharedDuckDB(): Promise<void> {
  const holder = process as unknown as Record<symbol, Promise<Engine> | undefined>
  const started = await holder[shared]?.catch(() => undefined)
  delete holder[shared]
  await started?.close()
}

/** Starts a DuckDB in memory. */
export async function createDuckDB(options: DuckDBOptions = {}): Promise<Engine> {
  onBusy(reportQueries())
  const api = duckdbApi()
  const workers = Math.max(1, Number(process.env.ASSAY_WORKERS) || 1)
  const threads = options.threads ?? Math.max(1, Math.floor(availableParallelism() / workers))
  const share = (options.memoryShare ?? 1) * 0.6
  const memoryMB = options.memoryMB ?? Math.max(256, Math.floor((share * workerMemory()) / 1024 ** 2))
  const instance = await api.DuckDBInstance.create(':memory:', {
    threads: String(threads),
    memory_limit: `${memoryMB}MB`,
    temp_directory: spillFolder(),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    // It takes a Parquet file for the one it has read by its time of change alone, which whoever writes it may set.
    enable_external_file_cache: 'false',
  })
  const connection = await instance.connect()
  // Progress is kept only with the bar on; it is drawn elsewhere, if at all.
  await connection.run(
    `set timezone = 'UTC'; set enable_progress_bar = true; set enable_progress_bar_print = false; set progress_bar_time = 0`,
  )
  return new DuckDB(api, instance, connection, roomOf(threads, memoryMB))
}

class DuckDB implements Engine {
  readonly dialect = dialect
  readonly version: string
  private readonly api: Api
  private readonly instance: DuckDBInstance
  private readonly connection: DuckDBConnection
  private readonly room: QueryRoom
  private queue: Promise<unknown> = Promise.resolve()
  private readonly converter: DuckDBValueConverter<RowValue>
  private tables = 0
  private ended = false
  private closed = false

  constructor(api: Api, instance: DuckDBInstance, connection: DuckDBConnection, room: QueryRoom) {
    this.api = api
    this.instance = instance
    this.connection = connection
    this.version = `duckdb ${api.version()}`
    this.room = room
    this.converter = resultConverter(api)
  }

  async relation(table: Sql, shape: RelationShape = {}, options: QueryOptions = {}): Promise<Relation> {
    const rows = await this.query(sql`describe select * from ${table}`, options)
    const columns = rows.map(
      ([name, native]): Column => ({
        name: String(name),
        type: dialect.logicalType(String(native)),
        native: String(native),
      }),
    )
    const { rowNumber, scanCost = 'low' } = shape
    const numbered =
      shape.numbered ?? (rowNumber ? sql`(select *, ${rowNumber} as ${id(ROW_NUMBER)} from ${table})` : undefined)
    return {
      engine: this,
      columns,
      from: sql`${table} as t`,
      ...(numbered ? { numbered: sql`${numbered} as t` } : {}),
      scanCost,
    }
  }

  async load(table: MemoryTable, options: QueryOptions = {}): Promise<Relation> {
    const { columns, isFixed = false } = table
    const name = `assay_memory_${++this.tables}`
    const relation = {
      engine: this,
      columns: columns.map((column) => ({
        name: column.name,
        type: column.type,
        native: typeName(exactly(column), this.api),
        ...(column.instants ? { instants: true as const } : {}),
      })),
      scanCost: 'low' as const,
    }
    // A column may be called as the engine calls the places of rows, which are their numbers.
    const places = columns.some((column) => column.name.toLowerCase() === 'rowid')
      ? sql`row_number() over ()`
      : sql`rowid + 1`
    const read = (rows: Sql) => ({
      from: sql`${rows} as t`,
      numbered: sql`(select *, ${places} as ${id(ROW_NUMBER)} from ${rows}) as t`,
    })
    if (isFixed)
      return madeWhenAsked(relation, id(name), read, (names, own) =>
        names ? this.fill(`${name}_part`, withColumns(table, names), own) : this.fill(name, table, own),
      )
    const { drop } = await this.fill(name, table, options)
    return { ...relation, ...read(id(name)), release: drop }
  }

  private fill(name: string, { columns, batches }: MemoryTable, options: QueryOptions): Promise<TemporaryTable> {
    const exact = columns.map(exactly)
    // A table needs a column, and so does a dataset without any: the rows still count.
    const definitions = columns.map((column, i) => sql`${id(column.name)} ${typeSql(exact[i] as ExactType, this.api)}`)
    const definition = definitions.length > 0 ? join(definitions) : sql`${id('__assay_empty')} boolean`
    return temporaryTable(this, name, async (table) => {
      await this.query(sql`create temp table ${table} (${definition})`, options)
      await this.append(name, { columns, batches }, exact, options)
    })
  }

  private async append(
    name: string,
    { columns, batches }: MemoryTable,
    exact: readonly ExactType[],
    options: QueryOptions,
  ): Promise<void> {
    const shape = columns.length > 0 ? exact.map((type) => duckdbType(type, this.api)) : [this.api.BOOLEAN]
    // One chunk serves all: making one means making its types, dictionaries and all.
    const chunk = this.api.DuckDBDataChunk.create(shape)
    for await (const batch of batches) {
      await this.exclusive(options, async (signal) => {
        const appender = await this.connection.createAppender(name)
        for (let start = 0; start < batch.rowCount; start += CHUNK) {
          // Appending waits for nothing: a signal to stop is heard in between only.
          if (start > 0 && start % TURN === 0) await othersTurn()
          if (signal.aborted) throw stoppedError(signal)
          const count = Math.min(CHUNK, batch.rowCount - start)
          chunk.reset()
          chunk.rowCount = count
          exact.forEach((type, i) => {
            const stretch = { values: batch.values[i] ?? [], valid: batch.valid?.[i], start, count }
            try {
              fillVector(chunk.getColumnVector(i) as never, type, stretch, this.api)
            } catch (cause) {
              throw misfit(columns[i]?.name ?? '', typeName(type, this.api), cause)
            }
          })
          appender.appendDataChunk(chunk)
        }
        appender.closeSync()
      })
    }
  }

  async query(query: Sql, options: QueryOptions = {}): Promise<readonly (readonly Value[])[]> {
    const whole = bound(query, dialect)
    const ask = options.by ?? (() => this.answer(query, whole, options))
    return options.keep ? keptAnswer(whole, this.version, ask) : ask()
  }

  private async answer(query: Sql, whole: Bound, options: QueryOptions): Promise<readonly (readonly Value[])[]> {
    // What is asked is in line at once, where nothing stands in for a part of it.
    const { text, params, guards } =
      whole.standIns.size > 0 ? await withStandIns(query, whole, dialect, options) : whole
    const read = async () => {
      const result = await suited(this.connection, this.room, options, () => this.statement(text, params))
      // Waiting for a chunk that is there costs more than taking it; many are fetched in turns, so that others have theirs.
      if (result.chunkCount > FEW_CHUNKS) return result.fetchAllChunks()
      return Array.from({ length: result.chunkCount }, (_, i) => result.getChunk(i))
    }
    const chunks = await watched(guards, () => this.run(options, read, query))
    const rows: (readonly Value[])[] = []
    for (const chunk of chunks) {
      for (let i = 0; i < chunk.columnCount; i++) keepByteOrderMarks(chunk.getColumnVector(i), this.api)
      const columns = chunk.convertColumns(this.converter)
      for (let i = 0; i < chunk.rowCount; i++) rows.push(columns.map((values) => values[i] as Value))
    }
    return rows
  }

  async numbers(query: Sql, options: NumbersOptions = {}): Promise<Float64Array> {
    const whole = bound(query, dialect)
    const { text, params, guards } =
      whole.standIns.size > 0 ? await withStandIns(query, whole, dialect, options) : whole
    const read = async () => {
      // Not a stream: one that breaks off in the middle ends like one that is complete.
      const result = await suited(this.connection, this.room, {}, () => this.statement(text, params))
      const length = Number(result.rowCount)
      const all = options.list?.(length) ?? new Float64Array(length)
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
    return watched(guards, () => this.run(options, read, query))
  }

  /** A query is one statement: to have the engine look for others takes as long as to prepare it. */
  private async statement(text: string, params: Bound['params']): Promise<DuckDBMaterializedResult> {
    if (!params) return this.connection.run(text)
    const prepared = await this.connection.prepare(text)
    try {
      prepared.bind(params)
      return await prepared.run()
    } finally {
      prepared.destroySync()
    }
  }

  progress(): number | undefined {
    if (this.closed) return undefined
    const { percentage } = this.connection.progress
    return percentage < 0 ? undefined : percentage / 100
  }

  get lost(): boolean {
    return this.ended
  }

  async close(): Promise<void> {
    await this.queue.catch(() => {})
    if (this.closed) return
    this.closed = true
    this.connection.closeSync()
    this.instance.closeSync()
  }

  private run<T>(options: QueryOptions, work: () => Promise<T>, query: Sql): Promise<T> {
    return this.exclusive(options, async (signal) => {
      // An interrupt that comes before the engine has begun is lost, so it is said again until the query has ended.
      let again: NodeJS.Timeout | undefined
      const stop = () => {
        this.connection.interrupt()
        again ??= setInterval(() => this.connection.interrupt(), 20)
      }
      signal.addEventListener('abort', stop, { once: true })
      try {
        return await work()
      } catch (cause) {
        if (signal.aborted) throw stoppedError(signal)
        if (endsEngine(cause)) this.end()
        throw queryError(cause, query)
      } finally {
        signal.removeEventListener('abort', stop)
        clearInterval(again)
      }
    })
  }

  /** After an error of its own it lets go of all it holds: nothing asks it any more. */
  private end(): void {
    if (this.ended) return
    this.ended = true
    setImmediate(() => void this.close().catch(() => {}))
  }

  /** One thing at a time on the connection, in order. */
  private exclusive<T>({ signal }: QueryOptions, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal: either, stop } = stoppable(signal ?? currentSignal())
    return new Promise((resolve, reject) => {
      // Who is stopped while still in line does not wait for its turn to hear so.
      const leave = () => reject(stoppedError(either))
      if (either.aborted) return leave()
      either.addEventListener('abort', leave, { once: true })
      const turn = this.queue.then(() => {
        either.removeEventListener('abort', leave)
        if (either.aborted) throw stoppedError(either)
        if (this.ended) throw lostError()
        return work(either)
      })
      this.queue = turn.catch((cause: unknown) => {
        if (endsEngine(cause)) this.end()
      })
      track({ stop, ended: this.queue })
      turn.then(resolve, reject)
    })
  }
}

const exactly = ({ exact, type }: Omit<MemoryColumn, 'values'>): ExactType => exact ?? exactOf(type)

/** Runs a query and asks its guards: a source that has changed explains what failed, and is no answer where nothing did. */
async function watched<T>(guards: ReadonlySet<Guard>, work: () => Promise<T>): Promise<T> {
  const ask = async (): Promise<void> => {
    for (const guard of guards) await guard()
  }
  try {
    const answer = await work()
    await ask()
    return answer
  } catch (error) {
    if (!(error instanceof AssayError && error.code === 'aborted') && !isLost(error)) await ask()
    throw error
  }
}
