import { inspect, type InspectOptions } from 'node:util'
import type { RowValue } from '../engine/engine.ts'
import { outliving } from '../engine/lost.ts'
import { AssayError, kindOf } from '../errors.ts'
import { countText } from '../words/text/numbers.ts'
import { ownOptions } from '../options.ts'
import { brandTable } from '../sql/sql.ts'
import { type ColumnInfo, columnBrand, type Dataset, type DatasetChanges, type DatasetColumn } from './model.ts'
import { checkFilteredCells } from './filteredCells.ts'
import { checkedFilter, exactFilter, type Filter } from './filter.ts'
import { ChangedOrigin, type OriginChanges } from './changedOrigin.ts'
import type { DatasetIdentity } from './identity.ts'
import { discreetly, relationOf, tagColumns } from './opened.ts'
import { giveOrigin, namesOf, type Origin } from './origin.ts'
import { checkedOptions } from './datasetOptions.ts'
import { tagRow } from './personal.ts'
import { rowsOf } from './rowsOf.ts'
import { shownSlice, sliceWords } from './sliceWords.ts'
import { checkSample, sampled } from './sampled.ts'
import { filtered, Slice } from './slice.ts'
import { checkNames } from './version.ts'

/** What a dataset can be asked, whatever its rows come from. */
export class Handle implements Dataset {
  readonly #origin: Origin

  constructor(origin: Origin) {
    this.#origin = origin
    giveOrigin(this, origin)
    brandTable(this)
    // What compares objects by their fields must not take one dataset for another.
    Object.defineProperty(this, Symbol('identity'), { value: true, enumerable: true })
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
    return (await relationOf(this)).columns.map(({ name, type }) => ({ name, type }))
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
    return discreetly(this, async () => {
      const rows = await outliving(async () => {
        await checkFilteredCells(this)
        return rowsOf(this.name, await relationOf(this))
      })
      const { pii } = this
      if (pii.length > 0) for (const row of rows) tagRow(row, pii)
      return rows
    })
  }

  async toArrow(): ReturnType<Dataset['toArrow']> {
    const { toArrow } = await import('./toArrow.ts')
    return discreetly(this, () =>
      outliving(async () => {
        await checkFilteredCells(this)
        const relation = await relationOf(this)
        return toArrow(relation.columns, await rowsOf(this.name, relation, 'refused'))
      }),
    )
  }

  /** What may be printed of a dataset; its rows are asked for by name. */
  toJSON(): { readonly dataset: string; readonly source: string; readonly slice?: string } {
    const slice = shownSlice(this)
    return { dataset: this.name, source: this.source, ...(slice === undefined ? {} : { slice }) }
  }

  [inspect.custom](_depth: number, options: InspectOptions): string {
    return `dataset ${inspect(this.toJSON(), options)}`
  }

  with(changes: DatasetChanges): Dataset {
    const { name, key, pii } = checkedOptions('with()', ownOptions('with()', changes, ['name', 'key', 'pii']))
    tagColumns(this, namesOf(pii))
    const { root, identity } = this.#origin
    return derived(this, {
      root,
      ...(name === undefined ? {} : { name, identity: { ...identity, name } }),
      ...(key === undefined ? {} : { key: namesOf(key) }),
      relation: async () => {
        const relation = await relationOf(this)
        const names = relation.columns.map((column) => column.name)
        checkNames('key', namesOf(key), names)
        checkNames('pii', namesOf(pii), names)
        return relation
      },
    })
  }

  async fingerprint(): Promise<string> {
    return (await this.#origin.fingerprint()) ?? 'not fingerprinted'
  }
}

/**
 * The dataset with some of what it says of itself, or how it is opened, changed. Its root is that of the dataset; with
 * `root: undefined` it is a whole one itself.
 */
export function derived(dataset: Dataset, changes: OriginChanges): Dataset {
  return new Handle(new ChangedOrigin(dataset, changes))
}
