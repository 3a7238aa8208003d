import type { Engine, QueryOptions, Relation } from '../engine/engine.ts'
import type { LogicalType } from '../sql/dialect.ts'
import type { Sql } from '../sql/sql.ts'
import type { TextOptions } from './text/textOptions.ts'

export interface DatasetOptions extends TextOptions {
  /**
   * How the dataset is called in messages and reports; default: the file's name without its extension.
   * @example { name: 'orders' }
   */
  readonly name?: string
  /**
   * The format of the files, where their ending does not say it, e.g. `csv`.
   * @example { format: 'csv' }
   */
  readonly format?: string
  /**
   * Values that stand for a missing one. Default for text files: the empty cell.
   * @example { missing: ['', 'NA', -999] }
   */
  readonly missing?: readonly (string | number)[]
  /**
   * Types of columns whose text could be read in several ways.
   * @example { types: { zip: 'text' } }
   */
  readonly types?: Readonly<Record<string, LogicalType>>
  /**
   * The zone that timestamps without one are in: an IANA name (`Europe/Berlin`) or an offset (`+05:30`). They become
   * `timestamptz`, the instants they stand for; columns that `types` calls `timestamp` stay as they are. Default: they
   * stay without a zone, and compare as UTC.
   * @example { timezone: 'Europe/Berlin' }
   */
  readonly timezone?: string
  /**
   * Of an Excel workbook: the sheet's name, or its number from 1 (default: the first).
   * @example { sheet: 'March' }
   */
  readonly sheet?: string | number
  /**
   * Of an Excel sheet: the row that holds the names, from 1 (default: 1). Rows before it are left out.
   * @example { headerRow: 3 }
   */
  readonly headerRow?: number
  /**
   * For files of lines: an expression whose named groups become columns, by JavaScript's syntax under flag `u`.
   * @example { pattern: /^(?<ip>\S+) (?<status>\d+)$/u }
   */
  readonly pattern?: RegExp | string
  /**
   * For JSON files: the property that holds the array of records, where an object holds several.
   * @example { at: 'records' }
   */
  readonly at?: string
  /**
   * For lists of Parquet files: a column that a file doesn't have is missing in its rows; otherwise that is an error.
   * @example { union: true }
   */
  readonly union?: boolean
  /**
   * For Parquet files in folders called `name=value`: the names are columns too.
   * @example { hive: true }
   */
  readonly hive?: boolean
  /**
   * For database files: the table or view, `schema.table` outside the main schema.
   * @example { table: 'main.orders' }
   */
  readonly table?: string
  /**
   * Whether what cannot be read fails every assertion about the dataset or is only reported. Default: `fail`.
   * @example { malformed: 'warn' }
   */
  readonly malformed?: 'fail' | 'warn'
  /**
   * Columns that tell rows apart; shown beside failing cells.
   * @example { key: 'id' }
   */
  readonly key?: string | readonly string[]
  /**
   * Columns whose values never leave the process: not in messages, results or reports.
   * @example { pii: ['email', 'phone'] }
   */
  readonly pii?: string | readonly string[]
}

/** A source after a look at it. */
export interface OpenedSource {
  /** Opens the rows on an engine. */
  relation(engine: Engine, options?: QueryOptions): Promise<Relation>
  /** A fingerprint of the content, where the source has no files to take it from. */
  readonly fingerprint?: () => Promise<string>
  /** The engine that opens it, where it needs one of its own. */
  engine?(): Promise<Engine>
  /** The rows as a query for another engine, which runs nothing yet. */
  inline?(engine: Engine): Promise<Sql>
  /** Which of the opened columns are personal because those they come from are, as is known when it is asked. */
  personal?(columns: readonly string[]): Promise<() => readonly string[]>
  /** The records as they were handed over, where rows are JavaScript objects. */
  readonly records?: readonly Readonly<Record<string, unknown>>[]
}

/** What a source was at one moment. */
export interface Snapshot {
  /** Whether it is that still, so that what was read of it still holds. */
  same(): boolean | Promise<boolean>
  /** The same where queries read the source itself: asked after each of them. */
  intact?(): boolean
}

/** One kind of source: a file format or a kind of object. */
export interface SourceKind {
  readonly name: string
  /** The options about the form of text that it takes. */
  readonly options?: readonly (keyof TextOptions)[]
  /** What it opens, as the end of "dataset() opens …". */
  readonly reads: string
  accepts(source: unknown, options: DatasetOptions): boolean
  /** A name for people: the path, or `1,000 records`. */
  label(source: unknown): string
  /** What tells sources of the kind apart wherever they are read, where that is more or less than the label. */
  readonly identity?: {
    /** In words, the same for each; where the label says what changes from run to run, as a number of records. */
    readonly words?: string
    /** All that is read, with values as they are; never a secret. */
    exact?(source: unknown): unknown
  }
  /** Files the source reads, as they were named. */
  files(source: unknown): readonly string[] | Promise<readonly string[]>
  /** Globs among what was named: a new file that matches one belongs to the source. */
  patterns?(source: unknown): readonly string[]
  /** What the source is now; absent for what never changes or comes only once. */
  snapshot?(source: unknown): Snapshot | Promise<Snapshot>
  /** Looks at the source, until the signal aborts. */
  open(source: unknown, options: DatasetOptions, signal?: AbortSignal): Promise<OpenedSource>
  /** A fingerprint of the content, where it is neither that of the files nor of the rows. */
  fingerprint?(source: unknown): Promise<string>
}
