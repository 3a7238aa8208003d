import type { Dialect, LogicalType } from '../sql/dialect.ts'
import type { Sql } from '../sql/sql.ts'

/** A scalar as a query returns it. 64-bit integers stay bigints. */
export type Value = string | number | bigint | boolean | null

/** A column of a relation. */
export interface Column {
  readonly name: string
  readonly type: LogicalType
  /** The engine's own name of the type, for people. */
  readonly native: string
  /** For text files: the relation's column that holds the cell's text, before it was read as `type`. */
  readonly rawName?: string
}

/** The relation's column with the 1-based row number, present in `numbered` only. */
export const ROW_NUMBER = '__assay_row'

/** An open table expression on one engine. */
export interface Relation {
  readonly engine: Engine
  readonly columns: readonly Column[]
  /** What stands after FROM, with an alias. */
  readonly from: Sql
  /** The same rows with `ROW_NUMBER`; absent where the source has no order. */
  readonly numbered?: Sql
  /** What reading all rows costs: `high` for text files and remote tables, where one scan should serve everything. */
  readonly scanCost: 'low' | 'high'
  /** The cells are the text of a file: a column's type was read off its first rows and can be read anew. */
  readonly textual?: boolean
}

/** A column of rows held in memory. `values` may be a typed array; `null` and `undefined` are missing. */
export interface MemoryColumn {
  readonly name: string
  readonly type: LogicalType
  readonly values: ArrayLike<unknown>
}

/** Where rows come from. Each engine says which kinds it can open. */
export type EngineSource =
  | { readonly kind: 'parquet'; readonly path: string }
  | {
      readonly kind: 'csv'
      readonly path: string
      readonly delimiter: string
      readonly columns: readonly { readonly name: string; readonly type: LogicalType }[]
      /** Cells with one of these texts are missing. */
      readonly missing: readonly string[]
    }
  | { readonly kind: 'memory'; readonly columns: readonly MemoryColumn[]; readonly rowCount: number }
  | { readonly kind: 'table'; readonly name: string; readonly rowNumber?: string }

export interface QueryOptions {
  readonly signal?: AbortSignal | undefined
}

/** Runs queries. Results are small; long columns go through `numbers`. */
export interface Engine {
  readonly dialect: Dialect
  /** Name and version, e.g. `duckdb v1.5.6`. */
  readonly version: string
  open(source: EngineSource, options?: QueryOptions): Promise<Relation>
  /** All rows of a query. Throws AssayError `query-failed` (with the engine's words last) or `aborted`. */
  query(query: Sql, options?: QueryOptions): Promise<readonly (readonly Value[])[]>
  /** The single column of a query as doubles; nulls are left out. */
  numbers(query: Sql, options?: QueryOptions): Promise<Float64Array>
  /** The share of the running query that is done, 0 to 1; undefined while none runs or the engine cannot tell. */
  progress?(): number | undefined
  close(): Promise<void>
}
