import type { Column, Value } from '../engine/engine.ts'
import { id, type Sql, sql } from '../sql/sql.ts'
import { columnNamed, type MetricContext, type QueryMetric, queryMetric } from './metric.ts'

/** One value as text, and how many rows have it. */
export interface CategoryCount {
  readonly value: string
  readonly count: number
}

/** The most frequent values, and what is left beside them. */
export interface CategoryCounts {
  /** Most frequent first; of equally frequent ones the smaller value first. */
  readonly top: readonly CategoryCount[]
  /** Different values in all. */
  readonly distinct: number
  /** Rows with a value in all. */
  readonly total: number
}

/** The `limit` most frequent values of a column and the totals, missing values left out; empty for no values. */
export function categoryCounts(column: string, limit: number): QueryMetric<CategoryCounts> {
  return queryMetric<CategoryCounts>({
    name: 'categoryCounts',
    columns: [column],
    detail: limit,
    query: (context, from) => {
      const value = id(column)
      const shown = shownValue(context, columnNamed(context.columns, column))
      return sql`select ${shown}, n, count(*) over (), sum(n) over ()
        from (select ${value}, count(*) as n from ${from} where ${value} is not null group by ${value}) as g
        order by n desc, ${value} limit ${limit}`
    },
    finish: (rows) => ({
      top: rows.map(([value, count]) => ({ value: textOf(value), count: Number(count) })),
      distinct: Number(rows[0]?.[2] ?? 0),
      total: Number(rows[0]?.[3] ?? 0),
    }),
  })
}

/** Numbers come as numbers, since engines write them differently; everything else as the engine's text. */
function shownValue({ dialect }: MetricContext, column: Column): Sql {
  const value = id(column.name)
  return ['integer', 'number', 'boolean'].includes(column.type) ? value : dialect.text(value)
}

const textOf = (value: Value | undefined): string => String(value ?? null)
