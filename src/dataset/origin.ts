import type { Engine, Relation } from '../engine/engine.ts'
import type { Ancestry } from '../formats/source.ts'
import type { DerivedColumns } from './derivedColumns.ts'
import type { DatasetIdentity } from './identity.ts'
import type { Dataset } from './model.ts'

/** A slice in words, and what to say where one of its columns is personal. */
export interface SliceWords {
  readonly words: string
  readonly columns: readonly string[]
  readonly hidden: string
  /** The engine compares values, and sees none in a cell that is not of its column's type. */
  readonly bySql?: true
}

/** Where the rows of a dataset come from: a source, a slice of another dataset, a table that is open already. */
export interface Origin {
  readonly name: string
  readonly source: string
  readonly identity: DatasetIdentity
  readonly slice: string | undefined
  /** The filters of a slice, in order; none for all rows. */
  readonly filters: readonly SliceWords[]
  /** The dataset that a slice was cut from; absent for a dataset that is no slice. */
  readonly root?: Dataset | undefined
  /** The object in memory, the query or the open table that is read; undefined where an address tells all. */
  readonly data?: unknown
  /** What a query was made of, and its columns once it was opened; absent for all else. */
  readonly ancestry?: (Ancestry & { readonly columns?: DerivedColumns | undefined }) | undefined
  readonly key: readonly string[]
  readonly pii: readonly string[]
  /** Says that columns are personal, for everybody who reads the same data. */
  tag(columns: readonly string[]): void
  /** The state the source is in: the same object for as long as it does not change. */
  version(): Promise<object>
  /** The open relation; another one once the source has changed. */
  relation(): Promise<Relation>
  /** The rows are going to be asked for again and again: they are kept where that costs less; absent where it never does. */
  hold?(): Promise<void>
  /** The same where others of the run have asked for the same rows, or more is to come; absent where nobody can. */
  readonly holdAgain?: ((isMoreToCome: () => Promise<boolean>) => Promise<void>) | undefined
  /** The rows opened anew on another engine, where a query uses them as a table. */
  on(engine: Engine): Promise<Relation>
  /** The files that are read, as they were named; none for other sources. */
  files(): Promise<readonly string[]>
  /** How many bytes are read, at a guess where they are compressed; 0 for what lies in memory or in an engine. */
  bytes(): Promise<number>
  /** The records as handed over, of all rows; undefined for other sources and for slices. */
  records(): Promise<readonly Readonly<Record<string, unknown>>[] | undefined>
  /** Of the content; undefined where that would cost a read of all of it. */
  fingerprint(): Promise<string | undefined>
}

// Keyed so that a dataset of another copy of the package answers too.
const key: unique symbol = Symbol.for('assay.origin') as never

/** Gives a dataset its origin, which is no property that its users see. */
export function giveOrigin(dataset: object, origin: Origin): void {
  Object.defineProperty(dataset, key, { value: origin })
}

/** Where the rows of a dataset come from; undefined for what only looks like one. */
export function originOf(dataset: Dataset): Origin | undefined {
  return (dataset as Dataset & { readonly [key]?: Origin })[key]
}

/** One name or several. */
export const namesOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value
