import { inspect, type InspectOptions } from 'node:util'
import type { Engine, Relation, RowValue } from '../engine/engine.ts'
import { outliving } from '../engine/lost.ts'
import { AssayError, kindOf } from '../errors.ts'
import { countText } from '../words/text/numbers.ts'
import { ownOptions } from '../options.ts'
import { brandTable } from '../sql/sql.ts'
import { type ColumnInfo, columnBrand, type Dataset, type DatasetColumn } from './model.ts'
import { checkedFilter, exactFilter, type Filter } from './filter.ts'
import type { DatasetIdentity } from './identity.ts'
import type { Origin } from './origin.ts'
import { tagRow } from './personal.ts'
import { rowsOf } from './rowsOf.ts'
import {
  columnTagger,
  filtersOf,
  shownSlice,
  sliceFilters,
  type SliceWords,
  sliceWords,
  tagColumns,
} from './sliceWords.ts'
import { checkSample, sampled } from './sampled.ts'
import { filtered, Slice } from './slice.ts'

/** What a dataset can be asked, whatever its rows come from. */
export class Handle implements Dataset {
  readonly #origin: Origin

  constructor(origin: Origin) {
    this.#origin = origin
    brandTable(this)
  }

  get name(): string {
    return this.#origin.name
  }

  get source(): string {
    return this.#origin.source
  }

  get identity(): DatasetIdentity {
    return this.#origin.identity
  }

  get slice(): string | undefined {
    return this.#origin.slice
  }

  get root(): Dataset {
    return this.#origin.root ?? this
  }

  get key(): readonly string[] {
    return this.#origin.key
  }

  get pii(): readonly string[] {
    return this.#origin.pii
  }

  column(name: string): DatasetColumn {
    if (typeof name !== 'string' || name === '')
      throw new AssayError(
        'wrong-argument',
        `column() got ${name === '' ? 'an empty name' : kindOf(name)}, not a column's name`,
        { hint: "give one name, e.g. column('amount'); checks of several columns take the dataset" },
      )
    const column = { dataset: this, name }
    Object.defineProperty(column, columnBrand, { value: true })
    return column
  }

  async columns(): Promise<readonly ColumnInfo[]> {
    return (await this.relation()).columns.map(({ name, type }) => ({ name, type }))
  }

  where(filter: Filter): Dataset {
    const checked = checkedFilter(filter)
    return new Handle(
      new Slice(this, sliceWords(checked), exactFilter(checked), (relation) => filtered(relation, checked)),
    )
  }

  sample(size: number, options?: { readonly seed?: number | string }): Dataset {
    const { seed = 1 } = ownOptions('sample()', options, ['seed'])
    checkSample(size, seed)
    const words = `a sample of ${countText(size, 'row')} (seed ${JSON.stringify(seed)})`
    return new Handle(
      new Slice(this, { words, hidden: words, columns: [] }, { size, seed }, (relation) =>
        sampled(relation, size, seed),
      ),
    )
  }

  async rows(): Promise<Record<string, RowValue>[]> {
    return this.discreetly(async () => {
      const rows = await outliving(async () => rowsOf(this.name, await this.relation()))
      const { pii } = this
      if (pii.length > 0) for (const row of rows) tagRow(row, pii)
      return rows
    })
  }

  async toArrow(): ReturnType<Dataset['toArrow']> {
    const { toArrow } = await import('./toArrow.ts')
    return this.discreetly(() =>
      outliving(async () => {
        const relation = await this.relation()
        return toArrow(relation.columns, await rowsOf(this.name, relation, 'refused'))
      }),
    )
  }

  version(): Promise<object> {
    return this.#origin.version()
  }

  relation(): Promise<Relation> {
    return this.discreetly(() => this.#origin.relation())
  }

  /** Errors say no value where columns are personal: whoever prints them does not know. */
  private async discreetly<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof AssayError) || error.discreet === undefined || this.pii.length === 0) throw error
      throw new AssayError(error.code, error.discreet, { hint: 'the rest is left out, since columns are personal' })
    }
  }

  get [sliceFilters](): readonly SliceWords[] {
    return this.#origin.filters
  }

  [columnTagger](columns: readonly string[]): void {
    this.#origin.tag(columns)
  }

  /** What may be printed of a dataset; its rows are asked for by name. */
  toJSON(): { readonly dataset: string; readonly source: string; readonly slice?: string } {
    const slice = shownSlice(this)
    return { dataset: this.name, source: this.source, ...(slice === undefined ? {} : { slice }) }
  }

  [inspect.custom](_depth: number, options: InspectOptions): string {
    return `dataset ${inspect(this.toJSON(), options)}`
  }

  on(engine: Engine): Promise<Relation> {
    return this.#origin.on(engine)
  }

  files(): Promise<readonly string[]> {
    return this.#origin.files()
  }

  records(): Promise<readonly Readonly<Record<string, unknown>>[] | undefined> {
    return this.#origin.records()
  }

  fingerprint(): Promise<string> {
    return this.#origin.fingerprint()
  }
}

/**
 * The dataset with some of what it says of itself, or how it is opened, changed. Its root is that of the dataset; with
 * `root: undefined` it is a whole one itself.
 */
export function derived(
  dataset: Dataset,
  changes: Partial<Pick<Origin, 'name' | 'source' | 'identity' | 'root' | 'relation'>>,
): Dataset {
  const { name, source, identity, slice, root, key } = dataset
  return new Handle({
    name,
    source,
    identity,
    slice,
    root,
    key,
    get pii() {
      return dataset.pii
    },
    filters: filtersOf(dataset),
    tag: (columns) => tagColumns(dataset, columns),
    version: () => dataset.version(),
    relation: () => dataset.relation(),
    on: (engine) => dataset.on(engine),
    files: () => dataset.files(),
    records: () => dataset.records(),
    fingerprint: () => dataset.fingerprint(),
    ...changes,
  })
}
