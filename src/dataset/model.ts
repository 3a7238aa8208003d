import type { Table } from 'apache-arrow'
import type { RowValue } from '../engine/engine.ts'
import type { LogicalType } from '../sql/dialect.ts'
import { isTable } from '../sql/sql.ts'
import type { Filter } from './filter.ts'
import type { DatasetIdentity } from './identity.ts'

/** A column of a dataset, by name. Whether it exists is found out when it is used. */
export interface DatasetColumn {
  readonly dataset: Dataset
  readonly name: string
}

/** What a column is called and what it holds. */
export interface ColumnInfo {
  readonly name: string
  readonly type: LogicalType
}

/** What of a dataset can be another without reading it anew. */
export interface DatasetChanges {
  /**
   * How it is called in messages and reports.
   * @example orders.where({ region: 'EU' }).with({ name: 'orders of the EU' })
   */
  readonly name?: string
  /**
   * Columns that tell rows apart; shown beside failing cells.
   * @example orders.with({ key: ['shop', 'id'] })
   */
  readonly key?: string | readonly string[]
  /**
   * Columns whose values never leave the process, beside those that are known to be such.
   * @example orders.with({ pii: 'email' })
   */
  readonly pii?: string | readonly string[]
}

/**
 * A named relation, opened at first use, and anew once its source has changed: files that were written, records and
 * columns that hold other values. Arrow tables, streams and addresses elsewhere are read once.
 */
export interface Dataset {
  readonly name: string
  /** Where the rows come from, in words. */
  readonly source: string
  /** What tells the dataset from every other. */
  readonly identity: DatasetIdentity
  /** The slice in words; undefined for all rows. */
  readonly slice: string | undefined
  /** Columns that tell rows apart, shown beside failing cells. */
  readonly key: readonly string[]
  /** Columns whose values never leave the process. */
  readonly pii: readonly string[]
  /** A column by its name. */
  column(name: string): DatasetColumn
  /** The names and logical types of all columns, in their order. */
  columns(): Promise<readonly ColumnInfo[]>
  /**
   * The rows that match: `where({ channel: 'web' })` by the values of columns (all must match, a list means any of them,
   * null is a missing value), or a condition: where(sql`amount > ${10}`). Filters of a slice of a slice all apply. Throws
   * an AssayError at once for what is no value; a column that is not there, or holds other values, is told at first use.
   */
  where(filter: Filter): Dataset
  /**
   * All rows as objects. Nothing is lost: bigints for integers wider than 32 bits, `Date` for instants it can hold
   * exactly, bytes, arrays and objects for nested values, and text for what JavaScript has no type for (decimals,
   * times, intervals, microseconds) and for cells of text that are not written like their column's type. `docs/fidelity.md` has the table.
   */
  rows(): Promise<Record<string, RowValue>[]>
  /** `size` rows drawn at random, all of them where there are fewer; the same ones for the same seed (default 1). */
  sample(size: number, options?: { readonly seed?: number | string }): Dataset
  /**
   * All rows as an Arrow table of one batch, in memory. Types survive: integer widths, decimals, units of time,
   * dictionaries, nested values; what Arrow has no type for is text. An error names a cell of text that is no value of its column's type. Needs the package `apache-arrow`, loaded here.
   */
  toArrow(): Promise<Table>
  /**
   * A fingerprint of the content, whatever the file is called: of an object elsewhere its tag and size, and `not
   * fingerprinted` where nothing tells the content but a read of all of it.
   */
  fingerprint(): Promise<string>
  /**
   * The same rows under another name, with other key columns, or with more personal ones; what is not given stays.
   * Throws an AssayError for an option that it does not know.
   */
  with(options: DatasetChanges): Dataset
}

/** Whether the value is a dataset of this or another copy of the package. */
export function isDataset(value: unknown): value is Dataset {
  return isTable(value)
}

export const columnBrand: symbol = Symbol.for('assay.column')

/** Whether the value is a column of a dataset. */
export function isDatasetColumn(value: unknown): value is DatasetColumn {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, columnBrand)
}
