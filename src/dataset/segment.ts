import { type Column, type Relation } from '../engine/engine.ts'
import { derivedFrom } from '../engine/derivation.ts'
import type { Dialect } from '../sql/dialect.ts'
import { id, type Sql, sql } from '../sql/sql.ts'
import { checkedFilter, exactFilter } from './filter.ts'
import { Handle } from './handle.ts'
import type { Dataset } from './model.ts'
import { Slice } from './slice.ts'
import { sliceWords } from './sliceWords.ts'

/** The value of a column that the rows of a segment share, as text; null for a missing one. */
export type SegmentLabel = string | null

/** A cell as the label of its row's segment: the value as text, the cell's own text where it is not of its type. */
export function segmentLabel({ name, type, rawName }: Column, dialect: Dialect): Sql {
  // Of doubles, 0 and -0 are one value.
  const value = type === 'string' ? id(name) : dialect.text(type === 'number' ? sql`(${id(name)} + 0)` : id(name))
  return rawName === undefined ? value : sql`coalesce(${value}, ${id(rawName)})`
}

/** The rows of a dataset that have one value in a column: a slice that shares one GROUP BY with its neighbors. */
export function segment(dataset: Dataset, { name, type }: Column, label: SegmentLabel): Dataset {
  const filter = checkedFilter({ [name]: valueOf(type, label) })
  return new Handle(
    new Slice(dataset, sliceWords(filter), exactFilter(filter), async (relation) => segmentRows(relation, name, label)),
  )
}

/** The label as a filter would be written, so that a segment is the slice that somebody would cut. */
function valueOf(type: Column['type'], label: SegmentLabel): string | number | bigint | boolean | null {
  if (label === null) return null
  if (type === 'boolean' && (label === 'true' || label === 'false')) return label === 'true'
  // `01` is a cell that is no integer, and no other name of 1.
  if (type !== 'integer' || !/^(?:0|-?[1-9]\d*)$/.test(label)) return label
  return Number.isSafeInteger(Number(label)) ? Number(label) : BigInt(label)
}

const known = new WeakMap<Relation, Map<string, Relation>>()

/** The rows of a relation that are one of its segments; the same relation whoever asks, so that what is known of it is kept. */
export function segmentRows(relation: Relation, name: string, label: SegmentLabel): Relation {
  const key = JSON.stringify([name, label])
  const segments = known.get(relation) ?? new Map<string, Relation>()
  known.set(relation, segments)
  const rows = segments.get(key) ?? rowsOf(relation, name, label)
  segments.set(key, rows)
  return rows
}

function rowsOf(relation: Relation, name: string, label: SegmentLabel): Relation {
  const column = relation.columns.find((candidate) => candidate.name === name) as Column
  const of = segmentLabel(column, relation.engine.dialect)
  const condition = label === null ? sql`${of} is null` : sql`coalesce(${of} = ${label}, false)`
  const cut = (table: Sql) => sql`(select * from ${table} where ${condition}) as t`
  const rows = {
    ...relation,
    from: cut(relation.from),
    ...(relation.numbered ? { numbered: cut(relation.numbered) } : {}),
  }
  return derivedFrom(rows, relation, { kind: 'filter', condition, segment: { of, label } })
}
