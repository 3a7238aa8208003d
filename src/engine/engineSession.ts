import type { Bindable } from '../sql/sql.ts'
import type { MemoryBatch, QueryOptions, Value } from './engine.ts'
import type { ExactType } from './exactType.ts'

/** A statement of an engine's SQL. */
export interface Statement {
  readonly text: string
  /** Without parameters nothing has to be prepared. */
  readonly params?: readonly Bindable[] | undefined
}

/** The settings a statement wants to run under. */
export type WantedSettings = {
  readonly [K in 'groupBits' | 'oneThread' | 'unordered' | 'anyThreads']?: QueryOptions[K] | undefined
}

/** A column of a table in memory, as it is stored. */
export interface StoredColumn {
  readonly name: string
  readonly type: ExactType
}

/** What a database is opened with. */
export interface SessionSettings {
  readonly threads: number
  readonly memoryMB: number
}

/**
 * A database in memory, with temporary tables of its own. It does one thing at a time: whoever uses it waits for one
 * before the next. What goes wrong is thrown in the engine's words.
 */
export interface EngineSession {
  /** Of the engine, e.g. `v1.5.6`. */
  readonly version: string
  /** All rows of a statement. */
  rows(statement: Statement, suiting: WantedSettings): Promise<readonly (readonly Value[])[]>
  /** The only column of a statement as doubles, nulls left out, in a list that `listOf` so many gives. */
  numbers(statement: Statement, listOf: (length: number) => Float64Array): Promise<Float64Array>
  /** Puts rows at the end of a table that has these columns. Throws AssayError `unreadable-file` for a value that its column does not hold. */
  append(table: string, columns: readonly StoredColumn[], batch: MemoryBatch, signal: AbortSignal): Promise<void>
  /** Ends what runs; where nothing does, that is lost. */
  interrupt(): void
  /** The share of what runs that is done, 0 to 1; undefined where that is not known. */
  progress(): number | undefined
  /** Its tables for whoever needs the same rows; where others have the session next, for those too. */
  readonly lasting: LastingTables
  close(): Promise<void>
}

/** Tables that are named by all that their rows depend on. */
export interface LastingTables {
  /** Whether there is a table of this name, or one has been needed before. */
  isNeededAgain(name: string): Promise<boolean>
  /** Whether there is one, which is used from now on. */
  use(name: string): Promise<boolean>
  /** Gives a table that is no temporary one this name. */
  keep(table: string, name: string): Promise<void>
}
