import type { Dialect, LogicalType } from '../sql/dialect.ts'
import type { Sql } from '../sql/sql.ts'
import type { ExactType } from './exactType.ts'

/** A scalar as a query returns it. 64-bit integers stay bigints. */
export type Value = string | number | bigint | boolean | null

/** A value of a row as `rows()` hands it over: scalars, instants, bytes, and what lists, structs and maps hold. */
export type RowValue = Value | Date | Uint8Array | readonly RowValue[] | { readonly [name: string]: RowValue }

/** A column of a relation. */
export interface Column {
  readonly name: string
  readonly type: LogicalType
  /** The engine's own name of the type, for people. */
  readonly native: string
  /** For text files: the relation's column that holds the cell's text, before it was read as `type`. */
  readonly rawName?: string
  /**
   * For text files: every cell was seen to be written like `type`, so that none is unreadable. Of value and text the
   * relation reads this, and makes the other of it when a query names it.
   */
  readonly proven?: 'value' | 'text'
  /** For text files that spell values otherwise: the relation's column that holds the cell as it is in the file. */
  readonly cellName?: string
  /** Of JSON records: the key that holds it, where that is not its name. */
  readonly key?: string
  /** The cells are the text of a file, which any type can be read of. */
  readonly heldAsText?: true
  /** For text files: nobody said the type, it was read off the first rows. */
  readonly guessed?: true
  /** Some values of the source are an explicit null, which the engine cannot tell from an absent one. */
  readonly explicitNulls?: boolean
  /** Timestamps without zone that are instants, as JavaScript's dates are, whatever zone those of the dataset are in. */
  readonly instants?: true
}

/** Whether a name is kept for the columns that are added to a relation's own. Case says nothing, as to engines. */
export const isReserved = (name: string): boolean => /^__assay_/i.test(name)

/** The relation's column with the 1-based row number over the whole relation, present in `numbered` only. */
export const ROW_NUMBER = '__assay_row'
/** In `numbered` of a relation over several files: the file a row came from, and its 1-based number in that file. */
export const ROW_FILE = '__assay_file'
export const FILE_ROW = '__assay_file_row'
/** In `numbered` of a relation over JSON records: the record's text, and the physical line it begins at. */
export const ROW_TEXT = '__assay_text'
export const ROW_LINE = '__assay_line'

/** Something in a source that could not be read as it stands, found while it was read. */
export interface SourceFinding {
  /** What is wrong, e.g. `cells`, `quote`, `encoding`, `header`. */
  readonly kind: string
  readonly reason: string
  readonly file: string
  /** Physical line, from 1. */
  readonly line?: number
  readonly column?: string
  /** The beginning of the offending text. */
  readonly text?: string
  /** `warn` where nothing is wrong but that somebody might not expect it. */
  readonly severity?: 'warn'
}

/** What could not be read, in all. */
export interface SourceFindings {
  readonly total: number
  /** Records that are in no relation, because they could not be read. */
  readonly rowsLost: number
  /** Of a query: cells of its inputs that are null in it, because they are not written like their column's type. */
  readonly cellsUnread?: number
  /** The first ones, in the order of the file. */
  readonly first: readonly SourceFinding[]
  /** How much they weigh where nobody says: `warn` for what was declared to be no failure, and where all only warn. */
  readonly severity?: 'warn'
}

/** An open table expression on one engine. */
export interface Relation {
  readonly engine: Engine
  readonly columns: readonly Column[]
  /** What stands after FROM, with an alias. */
  readonly from: Sql
  /** The same rows with `ROW_NUMBER`; absent where the source has no order. */
  readonly numbered?: Sql
  /** `numbered` also holds `ROW_FILE` and `FILE_ROW`. */
  readonly files?: boolean
  /** `numbered` also holds `ROW_LINE`. */
  readonly rowLines?: boolean
  /** `numbered` also holds `ROW_TEXT`, the row as a JSON object. */
  readonly jsonRows?: boolean
  /** The part of the source that was taken, where it holds several: a property of a JSON file. */
  readonly part?: string
  /** What reading all rows costs: `high` for text files and remote tables, where one scan should serve everything. */
  readonly scanCost: 'low' | 'high'
  /** The rows are held by column, in a file or a table: a query of its own for one of them reads that alone. */
  readonly columnar?: boolean
  /** It has no more rows, where opening it told. */
  readonly mostRows?: number
  /** For text files: the texts of a column in the first rows, those left out that are missing. */
  readonly frontTexts?: (name: string) => Iterable<string>
  /** The source has no names of columns: they are called by their place. */
  readonly unnamed?: boolean
  /** For text files that spell values otherwise: a cell's text as the engine reads the type; undefined where it is that. */
  readonly spelled?: ((cell: Sql, type: LogicalType) => Sql | undefined) | undefined
  /** For text files: the physical line each row starts at, from 1, by `FILE_ROW` (or `ROW_NUMBER`) and file. */
  readonly locate?: (rows: readonly RowPlace[], options?: QueryOptions) => Promise<readonly number[]>
  /** After a query failed: the part of the source that cannot be read, and why, in a sentence. */
  readonly diagnose?: (options?: QueryOptions) => Promise<string | undefined>
  /** Frees what the engine holds of the rows, once nobody asks about them any more. */
  readonly release?: () => Promise<void>
  /** What of the source could not be read; complete once all rows were read, which it does when nobody has. */
  readonly findings?: (options?: QueryOptions) => Promise<SourceFindings>
}

/** A row of a relation over files. */
export interface RowPlace {
  readonly row: number
  readonly file?: string
}

/** The names of the columns that only `numbered` has. */
export function rowColumns({
  files,
  rowLines,
  jsonRows,
}: Pick<Relation, 'files' | 'rowLines' | 'jsonRows'>): readonly string[] {
  return [
    ROW_NUMBER,
    ...(files ? [ROW_FILE, FILE_ROW] : []),
    ...(rowLines ? [ROW_LINE] : []),
    ...(jsonRows ? [ROW_TEXT] : []),
  ]
}

/** A column of rows held in memory. `values` may be a typed array; `null` and `undefined` are missing. */
export interface MemoryColumn {
  readonly name: string
  readonly type: LogicalType
  /** How it is stored, for engines that can tell more types apart than `type` does. */
  readonly exact?: ExactType
  /** Its timestamps without zone are JavaScript's dates. */
  readonly instants?: true
  readonly values: ArrayLike<unknown>
}

/** Bits that say which values are there (1), from a bit offset on, least significant bit first. */
export interface ValidBits {
  readonly bytes: Uint8Array
  readonly offset: number
}

/** Rows held in memory, or coming in from a stream, batch by batch. */
export interface MemoryTable {
  readonly columns: readonly Omit<MemoryColumn, 'values'>[]
  /** The batches are at hand for ever, with the same values: an engine may take those that are asked for when they are. */
  readonly isFixed?: boolean
  readonly batches: Iterable<MemoryBatch> | AsyncIterable<MemoryBatch>
}

/** Some rows: the values of each column, in the table's order. */
export interface MemoryBatch {
  readonly rowCount: number
  readonly values: readonly ArrayLike<unknown>[]
  /** By column, where typed arrays have missing values. */
  readonly valid?: readonly (ValidBits | undefined)[]
}

/** What is known of a table expression beyond what the engine says of it. */
export interface RelationShape {
  /** The 1-based row number as an expression over the table expression. */
  readonly rowNumber?: Sql
  /** The same rows with `ROW_NUMBER`, where that takes another table expression. */
  readonly numbered?: Sql
  readonly scanCost?: Relation['scanCost']
}

export interface QueryOptions {
  readonly signal?: AbortSignal | undefined
  /** The answer may be one that was kept of the same query over the same files, by any process of a vitest run. */
  readonly keep?: boolean
  /** Another way to the same answer, where none is kept. */
  readonly by?: () => Promise<readonly (readonly Value[])[]>
  /** The keys of its GROUP BY are integers that reach no further than so many bits together: each may have a place. */
  readonly groupBits?: number | undefined
  /**
   * It is one task, or reads few of the first rows: further threads would read what nobody needs, or wait for the task and
   * take a processor each meanwhile, as the engine's do.
   */
  readonly oneThread?: boolean
  /** Rows may be stored in any order: the engine copies those that several threads read once more to put them in order. */
  readonly unordered?: boolean
  /** It takes less than starting or ending a thread: it runs with those that the query before had. */
  readonly anyThreads?: boolean
}

export interface NumbersOptions extends QueryOptions {
  /** Where so many numbers are put; default: a list of their own. */
  readonly list?: ((length: number) => Float64Array) | undefined
}

/** A table that the engine holds until it is dropped. */
export interface TemporaryTable {
  readonly table: Sql
  /** Never rejects: what cannot be dropped now is dropped with the next table. */
  drop(): Promise<void>
}

/** Rows that a query reads of sources. */
export interface SourceRows {
  readonly query: Sql
  /** The state the sources are in: the same text for the same content, in any process; undefined where nothing tells it. */
  state(): string | undefined
}

/** A table that stays for whoever needs the same rows. */
export interface LastingTable extends TemporaryTable {
  /** Another has made it. */
  readonly isFound: boolean
}

/** Tables of rows of files that an engine keeps for whoever needs the same rows, while the files are what they were. */
export interface LastingRows {
  /** Whether another has needed the rows before. */
  areNeededAgain(rows: SourceRows, options?: QueryOptions): Promise<boolean>
  /** Their table, made where there is none; undefined where nobody else could tell that it has the same rows. */
  table(rows: SourceRows, options?: QueryOptions): Promise<LastingTable | undefined>
}

/** Runs queries, in a session whose zone is UTC. Results are small; long columns go through `numbers`. */
export interface Engine {
  readonly dialect: Dialect
  /** Name and version, e.g. `duckdb v1.5.6`. */
  readonly version: string
  /** The relation over a table expression (no alias) in the engine's SQL: a table's name, a table function. */
  relation(table: Sql, shape?: RelationShape, options?: QueryOptions): Promise<Relation>
  /** A temporary table of what is in memory, at the latest when a query reads it. Row numbers are those of arrival. */
  load(table: MemoryTable, options?: QueryOptions): Promise<Relation>
  /**
   * All rows of a query. Throws AssayError `query-failed` (with the engine's words last), `aborted` or
   * `engine-lost`, and what the guards of its parts throw.
   */
  query(query: Sql, options?: QueryOptions): Promise<readonly (readonly Value[])[]>
  /** The single column of a query as doubles; nulls are left out. */
  numbers(query: Sql, options?: NumbersOptions): Promise<Float64Array>
  /** The share of the running query that is done, 0 to 1; undefined while none runs or the engine cannot tell. */
  progress?(): number | undefined
  /** Tables of rows for whoever needs the same. */
  readonly lasting?: LastingRows | undefined
  /** It met an error of its own, after which it answers nothing any more: what is asked of it throws `engine-lost`. */
  readonly lost?: boolean
  close(): Promise<void>
}

/** Columns of one length as a table. */
export function memoryTable(
  columns: readonly MemoryColumn[],
  rowCount: number,
  options: Pick<MemoryTable, 'isFixed'> = {},
): MemoryTable {
  return { columns, batches: [{ rowCount, values: columns.map(({ values }) => values) }], ...options }
}

/** The table with some of its columns. */
export function withColumns({ columns, batches }: MemoryTable, names: ReadonlySet<string>): MemoryTable {
  const places = [...columns.keys()].filter((place) => names.has((columns[place] as MemoryColumn).name))
  const some = <T>(list: readonly T[]): T[] => places.map((place) => list[place] as T)
  const narrowed = async function* (): AsyncGenerator<MemoryBatch> {
    for await (const { rowCount, values, valid } of batches)
      yield { rowCount, values: some(values), ...(valid ? { valid: some(valid) } : {}) }
  }
  return { columns: some(columns), batches: narrowed() }
}
