import { namesOf } from '../cells/cell.ts'
import { derivationOf } from '../engine/derivation.ts'
import type { Relation, Value } from '../engine/engine.ts'
import { fingerprintSql } from '../sql/render.ts'
import { id, join, raw, type Sql, sql } from '../sql/sql.ts'

/** A table that holds the rows of several relations, with the relations that each row is in. */
export interface SharedTable {
  readonly from: Sql
  /** Numbers that are the same for rows of the same relations; none where every row is of all of them. */
  readonly keys: readonly Sql[]
  /** Whether rows of these keys are the relation's. */
  holds(relation: Relation, keys: readonly Value[]): boolean
}

/** Relations that one key tells apart, as bits of an integer. */
const BITS = 30

/**
 * The rows of relations that read the cells of one base alike, as one table: each condition is worked out once for each
 * row. A relation alone is its own table.
 */
export function sharedTable(relations: readonly Relation[]): SharedTable {
  const [first] = relations as [Relation]
  if (relations.length === 1) return { from: first.from, keys: [], holds: () => true }
  const { base, steps } = derivationOf(first)
  const readings = steps.flatMap((step) => (step.kind === 'cells' ? [step.cells] : []))
  const marks = new Map<Relation, Sql>()
  const labels = new Map<Relation, string | null>()
  const names = freeNames(relations)
  let from = base.from
  for (let level = 0; level <= readings.length; level++) {
    const own = new Map<string, { readonly expression: Sql; readonly name: Sql }>()
    for (const relation of relations) {
      const segment = segmentAt(relation, level)
      const expression = segment?.of ?? conditionAt(relation, level, marks.get(relation))
      if (!expression) continue
      const key = `${segment ? 'segment' : ''} ${fingerprintSql(expression)}`
      const mark = own.get(key) ?? { expression, name: id(names.next().value) }
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
  const bits = Array.from({ length: Math.ceil(conditions.length / BITS) }, (_, i) => {
    const bits = conditions.slice(i * BITS, (i + 1) * BITS)
    return join(
      bits.map((mark, bit) => sql`case when ${mark} then ${raw(String(2 ** bit))} else 0 end`),
      ' + ',
    )
  })
  return {
    from,
    keys: [...segments, ...bits],
    holds(relation, row) {
      const mark = marks.get(relation)
      if (!mark) return true
      const label = labels.get(relation)
      if (label !== undefined) {
        const found = row[segments.indexOf(mark)] ?? null
        return label === null ? found === null : found !== null && String(found) === label
      }
      const place = conditions.indexOf(mark)
      return ((Number(row[segments.length + Math.floor(place / BITS)]) >> (place % BITS)) & 1) === 1
    },
  }
}

/** Which rows a relation keeps at a level, that is after so many readings: a later condition sees only what is left. */
function conditionAt(relation: Relation, level: number, before: Sql | undefined): Sql | undefined {
  let readings = 0
  let kept = before
  let asked = false
  for (const step of derivationOf(relation).steps) {
    if (step.kind === 'cells') readings++
    else if (readings === level) {
      asked = true
      kept = kept ? sql`case when ${kept} then ${step.condition} end` : step.condition
    }
  }
  return asked ? kept : undefined
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

/** Names that no column has; engines do not tell capitals apart. */
function* freeNames(relations: readonly Relation[]): Generator<string, never> {
  const [first] = relations as [Relation]
  const taken = new Set(
    [...derivationOf(first).base.columns, ...relations.flatMap(({ columns }) => columns)].flatMap((column) =>
      namesOf(column).map((name) => name.toLowerCase()),
    ),
  )
  for (let i = 0; ; i++) {
    const name = `__assay_slice_${i}`
    if (!taken.has(name)) yield name
  }
}
