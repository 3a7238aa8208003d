import type { Engine, Relation } from '../engine/engine.ts'
import type { Dataset } from './model.ts'
import type { DatasetIdentity } from './identity.ts'
import type { SliceWords } from './sliceWords.ts'

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
  readonly key: readonly string[]
  readonly pii: readonly string[]
  /** Says that columns are personal, for everybody who reads the same data. */
  tag(columns: readonly string[]): void
  version(): Promise<object>
  relation(): Promise<Relation>
  on(engine: Engine): Promise<Relation>
  files(): Promise<readonly string[]>
  records(): Promise<readonly Readonly<Record<string, unknown>>[] | undefined>
  fingerprint(): Promise<string>
}

/** One name or several. */
export const namesOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value
