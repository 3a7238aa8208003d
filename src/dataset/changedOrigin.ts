import type { Engine, Relation } from '../engine/engine.ts'
import { type DatasetIdentity, remember } from './identity.ts'
import { Inherited } from './inherited.ts'
import type { Dataset } from './model.ts'
import { filtersOf, recordsOf, relationOf, relationOn, rootOf } from './opened.ts'
import { type Origin, originOf, type SliceWords } from './origin.ts'

/** What a dataset may say of itself in place of the one that it is made of. */
export type OriginChanges = Partial<Pick<Origin, 'name' | 'source' | 'identity' | 'root' | 'key' | 'relation'>>

/** The rows of another dataset, with some of what that says of itself, or how it is opened, changed. */
export class ChangedOrigin extends Inherited implements Origin {
  readonly name: string
  readonly source: string
  readonly identity: DatasetIdentity
  readonly slice: string | undefined
  readonly root: Dataset | undefined
  readonly data: unknown
  readonly key: readonly string[]
  readonly filters: readonly SliceWords[]
  private readonly opened: () => Promise<Relation>

  constructor(parent: Dataset, changes: OriginChanges) {
    super(parent)
    const { name, source, identity, key, slice } = parent
    if (changes.identity) remember(changes.identity)
    this.name = changes.name ?? name
    this.source = changes.source ?? source
    this.identity = changes.identity ?? identity
    this.slice = slice
    this.root = 'root' in changes ? changes.root : rootOf(parent)
    this.data = originOf(parent)?.data
    this.key = changes.key ?? key
    this.filters = filtersOf(parent)
    this.opened = changes.relation ?? (() => relationOf(parent))
  }

  relation(): Promise<Relation> {
    return this.opened()
  }

  on(engine: Engine): Promise<Relation> {
    return relationOn(this.parent, engine)
  }

  async records(): Promise<readonly Readonly<Record<string, unknown>>[] | undefined> {
    return this.filters.length > 0 ? undefined : recordsOf(this.parent)
  }
}
