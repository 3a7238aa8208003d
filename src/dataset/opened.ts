import type { Engine, Relation } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import { isSql, isTable } from '../sql/sql.ts'
import type { Dataset } from './model.ts'
import { type Origin, originOf, type SliceWords } from './origin.ts'

/** The open relation of a dataset; another one once its source has changed. */
export function relationOf(dataset: Dataset): Promise<Relation> {
  return discreetly(dataset, () => whole(dataset).relation())
}

/** Says that the rows of a dataset are going to be asked for again: those of a text file are then kept in the engine. */
export async function holdRows(dataset: Dataset): Promise<void> {
  await originOf(rootOf(dataset))?.hold?.()
}

/**
 * Does the same where other datasets of the file, or test files of the run, have asked for its rows, or where they will be
 * asked for again as far as anybody can tell; undefined where none can.
 */
export const holdRowsAgain = (dataset: Dataset, isMoreToCome: () => Promise<boolean>): Promise<void> | undefined =>
  originOf(rootOf(dataset))?.holdAgain?.(isMoreToCome)

/** The rows of a dataset opened anew on another engine, where a query uses them as a table. */
export function relationOn(dataset: Dataset, engine: Engine): Promise<Relation> {
  return whole(dataset).on(engine)
}

/** The files that a dataset reads, as they were named; none for other sources. */
export function filesOf(dataset: Dataset): Promise<readonly string[]> {
  return whole(dataset).files()
}

/** How many bytes a dataset reads, at a guess where they are compressed; 0 for what lies in memory or in an engine. */
export function bytesOf(dataset: Dataset): Promise<number> {
  return whole(dataset).bytes()
}

/** The records that a dataset was made of, all of them whatever the slice; undefined for other sources. */
export function recordsOf(dataset: Dataset): Promise<readonly Readonly<Record<string, unknown>>[] | undefined> {
  return whole(rootOf(dataset)).records()
}

/** The state that the source of a dataset is in: the same object for as long as it does not change. */
export function versionOf(dataset: Dataset): Promise<object> {
  return whole(dataset).version()
}

/** A fingerprint of the content; undefined where one would cost a read of all of it. */
export function fingerprintOf(dataset: Dataset): Promise<string | undefined> {
  return whole(dataset).fingerprint()
}

/** The dataset that a slice was cut from; the dataset itself when it is no slice. */
export function rootOf(dataset: Dataset): Dataset {
  return originOf(dataset)?.root ?? dataset
}

/** What a query was made of; undefined for all else. */
export function ancestryOf(dataset: Dataset): Origin['ancestry'] {
  return originOf(rootOf(dataset))?.ancestry
}

/** Whether two datasets read the same objects, where they read any: what is in memory has no address to tell it by. */
export function readSameData(one: Dataset, other: Dataset): boolean {
  const [own, others] = [dataOf(one), dataOf(other)]
  return own.length === others.length && own.every((data, i) => data === others[i])
}

function dataOf(dataset: Dataset): readonly unknown[] {
  const data = originOf(rootOf(dataset))?.data
  const within = (value: unknown): readonly unknown[] => {
    if (isTable(value)) return dataOf(value as Dataset)
    return isSql(value) ? value.holes.flatMap(within) : []
  }
  return data === undefined || isSql(data) ? within(data) : [data]
}

/** The filters of a slice, in order; none for all rows. */
export function filtersOf(dataset: Dataset): readonly SliceWords[] {
  return originOf(dataset)?.filters ?? []
}

/** Says that columns of the data are personal: for this dataset, its slices, and all others that read the same. */
export function tagColumns(dataset: Dataset, columns: readonly string[]): void {
  originOf(dataset)?.tag(columns)
}

/** Errors say no value where columns are personal: whoever prints them does not know. */
export async function discreetly<T>({ pii }: Dataset, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof AssayError) || error.discreet === undefined || pii.length === 0) throw error
    throw new AssayError(error.code, error.discreet, { hint: 'the rest is left out, since columns are personal' })
  }
}

function whole(dataset: Dataset): Origin {
  const origin = originOf(dataset)
  if (origin) return origin
  throw new AssayError('wrong-use', 'a dataset of another version of assay cannot be opened here', {
    hint: 'see that one version is installed: npm ls assay',
  })
}
