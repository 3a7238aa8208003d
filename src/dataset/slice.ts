import type { Engine, Relation } from '../engine/engine.ts'
import { isSql, type Sql, sql } from '../sql/sql.ts'
import { oneCondition } from './authorSql.ts'
import { remade } from '../engine/narrowing.ts'
import { beingCut, derivedFrom } from '../engine/derivation.ts'
import type { Dataset } from './model.ts'
import { type CheckedFilter, filterSql } from './filter.ts'
import { kept } from '../engine/kept.ts'
import type { DatasetIdentity } from './identity.ts'
import { Inherited } from './inherited.ts'
import { filtersOf, relationOf, relationOn, rootOf } from './opened.ts'
import type { Origin, SliceWords } from './origin.ts'
import { personalValue } from './personalValue.ts'
import { anyPersonal } from './sliceWords.ts'

/** Some rows of a dataset, cut once from each relation that it has been. */
export class Slice extends Inherited implements Origin {
  readonly slice: string
  readonly filters: readonly SliceWords[]
  private readonly exact: unknown
  private readonly cut: (relation: Relation) => Promise<Relation>
  private readonly cuts = new WeakMap<Relation, () => Promise<Relation>>()

  /** `filter` says in words which rows, `exact` with values as they are. */
  constructor(parent: Dataset, filter: SliceWords, exact: unknown, cut: (relation: Relation) => Promise<Relation>) {
    super(parent)
    this.exact = exact
    this.cut = cut
    this.filters = [...filtersOf(parent), filter]
    this.slice = this.filters.map(({ words }) => words).join(' and ')
  }

  get name(): string {
    return this.parent.name
  }

  get source(): string {
    return this.parent.source
  }

  get identity(): DatasetIdentity {
    const { identity } = this.parent
    const { hidden, columns } = this.filters.at(-1) as SliceWords
    const personal = anyPersonal(columns, this.pii)
    return { ...identity, read: [...identity.read, personal ? personalValue(hidden, this.exact) : this.exact] }
  }

  get root(): Dataset {
    return rootOf(this.parent)
  }

  get key(): readonly string[] {
    return this.parent.key
  }

  async relation(): Promise<Relation> {
    const whole = await relationOf(this.parent)
    const known = this.cuts.get(whole) ?? kept(() => beingCut(whole, this.cut(whole)))
    this.cuts.set(whole, known)
    return known()
  }

  async on(engine: Engine): Promise<Relation> {
    return this.cut(await relationOn(this.parent, engine))
  }

  async records(): Promise<undefined> {}
}

/** The rows of a relation that match. */
export async function filtered(relation: Relation, filter: CheckedFilter): Promise<Relation> {
  if (isSql(filter) && relation.engine.dialect.parses) await oneCondition(filter, relation.engine)
  const condition = filterSql(filter, relation.columns, relation.engine.dialect)
  // Slices that share a scan have it as a column, where engines allow more than in a condition.
  if (isSql(filter)) await relation.engine.query(sql`select 1 from ${relation.from} where ${condition} limit 0`)
  const sliced = (table: Sql) => sql`(select * from ${table} where ${condition}) as t`
  const rowsIn = (whole: Relation): Relation => ({
    ...whole,
    from: sliced(whole.from),
    ...(whole.numbered ? { numbered: sliced(whole.numbered) } : {}),
  })
  // Nobody knows which columns a condition in SQL reads.
  if (isSql(filter)) return derivedFrom(rowsIn(relation), relation, { kind: 'filter', condition })
  const reads = filter.map(({ column }) => column)
  return derivedFrom(remade(relation, rowsIn, reads), relation, { kind: 'filter', condition, reads })
}
