import type { CommonOptions } from '../formats/commonOptions.ts'
import type { Options } from '../formats/option.ts'

/** What tells a dataset from every other, on every machine alike. Never holds a secret of an address. */
export interface DatasetIdentity {
  readonly name: string
  /** Where the rows come from, in words: paths count from the working folder and have `/` between their parts. */
  readonly source: string
  /** What is read and how: the source with all its digits, the options of reading, and each slice. */
  readonly read: readonly unknown[]
  /** By column, how a schema has its cells read. */
  readonly readings?: Readonly<Record<string, unknown>>
}

/** Datasets that were made in this process: those of one name are told apart in messages. */
const key = Symbol.for('assay.datasets')
const holder = globalThis as unknown as Record<
  symbol,
  Map<string, Pick<DatasetIdentity, 'name' | 'source'>> | undefined
>
const MOST = 10_000

/** The names and sources of the datasets of this process. */
export function knownDatasets(): Iterable<Pick<DatasetIdentity, 'name' | 'source'>> {
  return holder[key]?.values() ?? []
}

/** Counts a dataset among those that messages tell apart. */
export function remember({ name, source }: DatasetIdentity): void {
  holder[key] ??= new Map()
  if (holder[key].size < MOST) holder[key].set(JSON.stringify([name, source]), { name, source })
}

/** The identity of a whole source: `source` in words, `exact` where words leave something out. */
export function identityOf(
  name: string,
  source: string,
  exact: unknown,
  options: CommonOptions,
  declared: object = {},
): DatasetIdentity {
  // How it is called, shown and reported changes nothing about what is read.
  const { name: _, key: _key, pii: _pii, malformed: _malformed, missing, ...rest } = options
  const reading = missing === undefined ? rest : { ...rest, missing: new Set<unknown>(missing) }
  const parts = Object.entries(declared as Options).flatMap(([option, { part }]) => {
    const value = (options as Readonly<Record<string, unknown>>)[option]
    return part && value !== undefined ? [`${option} ${JSON.stringify(value)}`] : []
  })
  const words = parts.length > 0 ? `${source} (${parts.join(', ')})` : source
  return { name, source: words, read: [exact, reading] }
}
