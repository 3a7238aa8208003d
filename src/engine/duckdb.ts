import { availableParallelism } from 'node:os'
import { madeWhenAsked } from './madeWhenAsked.ts'
import { temporaryTable } from './temporaryTable.ts'
import { hasCode, stoppedError } from '../errors.ts'
import { duckdb as dialect } from '../sql/dialects/duckdb.ts'
import { type Guard, id, join, type Sql, sql } from '../sql/sql.ts'
import { type Bound, bound, withStandIns } from './bound.ts'
import { DuckDBSession } from './duckdbSession.ts'
import { typeName, typeSql } from './duckdbTypes.ts'
import type {
  Column,
  Engine,
  LastingRows,
  MemoryColumn,
  MemoryTable,
  NumbersOptions,
  QueryOptions,
  Relation,
  RelationShape,
  TemporaryTable,
  Value,
} from './engine.ts'
import { ROW_NUMBER, withColumns } from './engine.ts'
import { type ExactType, exactOf } from './exactType.ts'
import { queryError } from './duckdbErrors.ts'
import { keptAnswer } from './keptAnswers.ts'
import { SessionRows } from './lastingRows.ts'
import { endsEngine, isLost, lostError } from './lost.ts'
import { workerMemory } from './memory.ts'
import { HostedSession } from './host/hostedSession.ts'
import { currentSignal, onBusy, stoppable, track } from './running.ts'
import type { EngineSession, SessionSettings, StoredColumn } from './engineSession.ts'
import { reportQueries } from './threads.ts'
import { clearInterval, setImmediate, setInterval } from '../realTimers.ts'

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
    const started = startShared()
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
  return new DuckDB(await DuckDBSession.open(settingsOf(options)))
}

/** In a run of vitest the engine may live in a process that serves all workers: each would start it anew for each test file. */
async function startShared(): Promise<Engine> {
  const { ASSAY_ENGINE: place } = process.env
  return (place ? await hostedDuckDB(place) : undefined) ?? createDuckDB()
}

/** A DuckDB in memory of the host that listens at a place, with all that `createDuckDB` has; undefined where none does. */
export async function hostedDuckDB(place: string, options: DuckDBOptions = {}): Promise<Engine | undefined> {
  const session = await HostedSession.open(place, settingsOf(options))
  return session && new DuckDB(session)
}

/** The share of the machine that an engine gets. */
function settingsOf({ threads, memoryMB, memoryShare = 1 }: DuckDBOptions): SessionSettings {
  const workers = Math.max(1, Number(process.env.ASSAY_WORKERS) || 1)
  const share = memoryShare * 0.6
  return {
    threads: threads ?? Math.max(1, Math.floor(availableParallelism() / workers)),
    memoryMB: memoryMB ?? Math.max(256, Math.floor((share * workerMemory()) / 1024 ** 2)),
  }
}

class DuckDB implements Engine {
  readonly dialect = dialect
  readonly version: string
  readonly lasting: LastingRows
  private readonly session: EngineSession
  private queue: Promise<unknown> = Promise.resolve()
  private tables = 0
  private ended = false

  constructor(session: EngineSession) {
    onBusy(reportQueries())
    this.session = session
    this.version = `duckdb ${session.version}`
    this.lasting = new SessionRows(this, session.lasting, (options, work) => this.exclusive(options, work))
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
        native: typeName(exactly(column)),
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
    const stored = columns.map((column): StoredColumn => ({ name: column.name, type: exactly(column) }))
    // A table needs a column, and so does a dataset without any: the rows still count.
    const definitions = stored.map((column) => sql`${id(column.name)} ${typeSql(column.type)}`)
    const definition = definitions.length > 0 ? join(definitions) : sql`${id('__assay_empty')} boolean`
    return temporaryTable(this, name, async (table) => {
      await this.query(sql`create temp table ${table} (${definition})`, options)
      for await (const batch of batches)
        await this.exclusive(options, (signal) => this.session.append(name, stored, batch, signal))
    })
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
    return watched(guards, () => this.run(options, () => this.session.rows({ text, params }, options), query))
  }

  async numbers(query: Sql, options: NumbersOptions = {}): Promise<Float64Array> {
    const whole = bound(query, dialect)
    const { text, params, guards } =
      whole.standIns.size > 0 ? await withStandIns(query, whole, dialect, options) : whole
    const listOf = (length: number): Float64Array => options.list?.(length) ?? new Float64Array(length)
    return watched(guards, () => this.run(options, () => this.session.numbers({ text, params }, listOf), query))
  }

  progress(): number | undefined {
    return this.session.progress()
  }

  get lost(): boolean {
    return this.ended
  }

  async close(): Promise<void> {
    await this.queue.catch(() => {})
    await this.session.close()
  }

  private run<T>(options: QueryOptions, work: () => Promise<T>, query: Sql): Promise<T> {
    return this.exclusive(options, async (signal) => {
      // An interrupt that comes before the engine has begun is lost, so it is said again until the query has ended.
      let again: NodeJS.Timeout | undefined
      const stop = () => {
        this.session.interrupt()
        again ??= setInterval(() => this.session.interrupt(), 20)
      }
      signal.addEventListener('abort', stop, { once: true })
      try {
        return await work()
      } catch (cause) {
        if (signal.aborted) throw stoppedError(signal)
        if (endsEngine(cause) || isLost(cause)) this.end()
        throw isLost(cause) ? cause : queryError(cause, query)
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
        if (endsEngine(cause) || isLost(cause)) this.end()
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
    if (!hasCode(error, 'aborted') && !isLost(error)) await ask()
    throw error
  }
}
