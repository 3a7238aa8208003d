import { segmentLabel, type SegmentLabel } from '../dataset/segment.ts'
import { derivationOf } from '../engine/derivation.ts'
import type { Relation, Value } from '../engine/engine.ts'
import { asBits, hasBit } from '../sql/bits.ts'
import { fingerprintSql } from '../sql/render.ts'
import { id, join, raw, type Sql, sql } from '../sql/sql.ts'
import { columnNamed } from './metric.ts'

/** A table that holds the rows of several relations, with the relations that each row is in. */
export interface SharedTable {
  readonly from: Sql
  /** What is the same for rows of the same relations and segment; none where every row is of all of them. */
  readonly keys: readonly Sql[]
  /** Whether rows of these keys are the relation's. */
  holds(relation: Relation, keys: readonly Value[]): boolean
  /** The segment of rows of these keys, where all segments of a column are asked. */
  segment?(keys: readonly Value[]): SegmentLabel
}

/**
 * The rows of relations that read the cells of one base alike, as one table: each condition is worked out once for each
 * row. A relation alone is its own table. With `by`, rows of each segment of that column are told apart.
 */
export function sharedTable(relations: readonly Relation[], by?: string): SharedTable {
  const [first] = relations as [Relation]
  const table =
    relations.length === 1 ? ({ from: first.from, keys: [], holds: () => true } as const) : marked(relations)
  if (by === undefined) return table
  const label = segmentLabel(columnNamed(first.columns, by), first.engine.dialect)
  const name = id('__assay_segment')
  return {
    from: sql`(select *, ${label} as ${name} from ${table.from}) as t`,
    keys: [...table.keys, name],
    holds: table.holds,
    segment: (keys) => labelOf(keys[table.keys.length]),
  }
}

/** The segment that a key is of. */
export const labelOf = (value: Value | undefined): SegmentLabel =>
  value === null || value === undefined ? null : String(value)

function marked(relations: readonly Relation[]): SharedTable {
  const [first] = relations as [Relation]
  const { base, steps } = derivationOf(first)
  const readings = steps.flatMap((step) => (step.kind === 'cells' ? [step.cells] : []))
  const marks = new Map<Relation, Sql>()
  const labels = new Map<Relation, SegmentLabel>()
  let from = base.from
  for (let level = 0; level <= readings.length; level++) {
    const own = new Map<string, { readonly expression: Sql; readonly name: Sql }>()
    for (const relation of relations) {
      const segment = segmentAt(relation, level)
      const expression = segment?.of ?? conditionAt(relation, level, marks.get(relation))
      if (!expression) continue
      const key = `${segment ? 'segment' : ''} ${fingerprintSql(expression)}`
      const mark = own.get(key) ?? { expression, name: id(`__assay_mark_${level}_${own.size}`) }
      own.set(key, mark)
      marks.set(relation, mark.name)
      if (segment) labels.set(relation, segment.label)
    }
    const more = [...own.values()].map(({ expression, name }) => sql`${expression} as ${name}`)
    if (more.length > 0) from = sql`(select ${join([raw('*'), ...more])} from ${from}) as t`
    const cells = readings[level]
    if (cells) from = sql`(select ${join([...cells, ...new Set(marks.values())])} from ${from}) as t`
  }
  const segments = [...new Set([...labels.keys()].map((relation) => marks.get(relation) as Sql))]
  const conditions = [...new Set(marks.values())].filter((mark) => !segments.includes(mark))
  return {
    from,
    keys: [...segments, ...asBits(conditions)],
    holds(relation, row) {
      const mark = marks.get(relation)
      if (!mark) return true
      const label = labels.get(relation)
      if (label !== undefined) return labelOf(row[segments.indexOf(mark)]) === label
      return hasBit(row, segments.length, conditions.indexOf(mark))
    },
  }
}

/** Which rows a relation keeps at a level, that is after so many readings: a later condition sees only what is left. */
function conditionAt(relation: Relation, level: number, before: Sql | undefined): Sql | undefined {
  let readings = 0
  let kept = before
  let filtered = false
  for (const step of derivationOf(relation).steps) {
    if (step.kind === 'cells') readings++
    else if (readings === level) {
      filtered = true
      kept = kept ? sql`case when ${kept} then ${step.condition} end` : step.condition
    }
  }
  return filtered ? kept : undefined
}

/** The segment that is all there is to tell a relation's rows, where it is cut at the level. */
function segmentAt(relation: Relation, level: number) {
  const { steps } = derivationOf(relation)
  const filters = steps.filter((step) => step.kind === 'filter')
  const [only] = filters
  if (!only?.segment || filters.length > 1) return undefined
  return steps.slice(0, steps.indexOf(only)).filter(({ kind }) => kind === 'cells').length === level
    ? only.segment
    : undefined
}
