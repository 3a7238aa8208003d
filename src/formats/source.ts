import type { Engine, MemoryColumn, QueryOptions, Relation } from '../engine/engine.ts'
import type { Sql } from '../sql/sql.ts'
import type { CommonOptions } from './commonOptions.ts'
import type { DeclaredOption } from './option.ts'

/** What a source is opened with: its own options, and those of every source. */
export type OpenOptions<O> = CommonOptions & O

/** A source after a look at it. */
export interface OpenedSource {
  /** Opens the rows on an engine. */
  relation(engine: Engine, options?: QueryOptions): Promise<Relation>
  /** What it was when it was looked at, where that is known only then. */
  readonly snapshot?: Snapshot
  /** A fingerprint of the content, where the source has no files to take it from; undefined where it would cost a full read. */
  readonly fingerprint?: () => Promise<string | undefined>
  /** How many bytes it is read from, where those are not the files that were named. */
  bytes?(): Promise<number>
  /** The engine that opens it, where it needs one of its own. */
  engine?(): Promise<Engine>
  /** The rows as a query for another engine, which runs nothing yet. */
  inline?(engine: Engine): Promise<Sql>
  /** Which of the opened columns are no column of the datasets that the source reads. */
  made?(columns: readonly string[]): Promise<readonly string[]>
  /** The records as they were handed over, where rows are JavaScript objects. */
  readonly records?: readonly Readonly<Record<string, unknown>>[]
  /** The columns as JavaScript has their values, where it has them. */
  readonly values?: { readonly columns: readonly MemoryColumn[]; readonly rowCount: number }
}

/** What a source was at one moment. */
export interface Snapshot {
  /** Whether it is that still, so that what was read of it still holds. */
  same(): boolean | Promise<boolean>
  /** The same where queries read the source itself: asked after each of them. */
  intact?(): boolean | Promise<boolean>
  /** All that is read is of what was seen, whatever becomes of the source meanwhile. */
  readonly isOwn?: boolean
  /** Opens what was seen, where that was all there is: nobody has to look again. */
  open?(): Promise<OpenedSource>
  /** What tells this state from all others in any process of the machine; undefined while nothing does. */
  state?(): string | undefined
}

/** What a source was made of, where it is a query. */
export interface Ancestry {
  /** The datasets it reads. */
  readonly inputs: readonly { readonly pii: readonly string[] }[]
  /** Its SQL without those and without values that are bound. */
  readonly text: string
  /** How it is told where one of their columns is personal: without values. */
  readonly hidden: string
}

/** One kind of source: a file format or a kind of object. */
export interface SourceKind<O = object> {
  readonly name: string
  /** The options of its own. */
  readonly options: DeclaredOption<O>
  /** What it opens, as the end of "dataset() opens …". */
  readonly reads: string
  accepts(source: unknown, options: OpenOptions<O>): boolean
  /** Throws an AssayError for options that cannot be together. */
  check?(options: OpenOptions<O>): void
  /** The format that is read, where the source brings files of any; undefined where that is known once they came. */
  formatOf?(source: unknown, options: OpenOptions<O>): SourceKind | undefined
  /** A name for people: the path, or `1,000 records`. */
  label(source: unknown): string
  /** What tells sources of the kind apart wherever they are read, where that is more or less than the label. */
  readonly identity?: {
    /** In words, the same for each; where the label says what changes from run to run, as a number of records. */
    readonly words?: string
    /** All that is read, with values as they are; never a secret. */
    exact?(source: unknown): unknown
  }
  /** The datasets that it reads, where it is made of such. */
  ancestry?(source: unknown): Ancestry
  /** Files the source reads, as they were named. */
  files(source: unknown): readonly string[] | Promise<readonly string[]>
  /** Globs among what was named: a new file that matches one belongs to the source. */
  patterns?(source: unknown): readonly string[]
  /** What the source is now; absent for what never changes or comes only once. */
  snapshot?(source: unknown): Snapshot | Promise<Snapshot>
  /** Looks at the source, until the signal aborts. */
  open(source: unknown, options: OpenOptions<O>, signal?: AbortSignal): Promise<OpenedSource>
  /** A fingerprint of the content, where it is neither that of the files nor of the rows. */
  fingerprint?(source: unknown): Promise<string | undefined>
}
