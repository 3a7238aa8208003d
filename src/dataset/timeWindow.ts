import { derivedFrom } from '../engine/derivation.ts'
import type { Column, Relation } from '../engine/engine.ts'
import type { Dialect } from '../sql/dialect.ts'
import { id, raw, type Sql, sql } from '../sql/sql.ts'
import { Handle } from './handle.ts'
import type { Dataset } from './model.ts'
import { REDACTED } from './personal.ts'
import type { SegmentLabel } from './segment.ts'
import { Slice } from './slice.ts'

/** How long windows of time are; weeks begin on Monday, all in UTC. */
export type TimeSpan = 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year'
export const timeSpans: readonly TimeSpan[] = ['hour', 'day', 'week', 'month', 'quarter', 'year']

/** When the window of a row begins, as text: `2026-01-05`, of hours `2026-01-05 09:00:00`. */
export function windowLabel({ name }: Column, every: TimeSpan, dialect: Dialect): Sql {
  const begin = sql`date_trunc(${raw(`'${every}'`)}, cast(${id(name)} as timestamp))`
  return dialect.text(every === 'hour' ? begin : sql`cast(${begin} as date)`)
}

/** The rows of a dataset whose time lies in the window that begins at the label. */
export function timeWindow(dataset: Dataset, column: Column, every: TimeSpan, label: SegmentLabel): Dataset {
  const { name } = column
  const words = {
    words: `${every} of ${name} = ${JSON.stringify(label)}`,
    columns: [name],
    hidden: `${every} of ${name} = ${REDACTED}`,
  }
  const cut = async (relation: Relation): Promise<Relation> => {
    const of = windowLabel(column, every, relation.engine.dialect)
    const condition = sql`coalesce(${of} = ${label}, false)`
    const rows = (table: Sql) => sql`(select * from ${table} where ${condition}) as t`
    const { from, numbered } = relation
    return derivedFrom({ ...relation, from: rows(from), ...(numbered ? { numbered: rows(numbered) } : {}) }, relation, {
      kind: 'filter',
      condition,
      segment: { of, label },
    })
  }
  return new Handle(new Slice(dataset, words, ['window', every, name, label], cut))
}
