import type { Column, Value } from '../../engine/engine.ts'
import { id, type Sql, sql } from '../../sql/sql.ts'
import { columnNamed, type MetricContext, type QueryMetric, queryMetric } from '../metric.ts'

/** One value as text, and how many rows have it. */
export interface CategoryCount {
  readonly value: string
  readonly count: number
}

/**
 * The `k` most frequent values of a column as text, most frequent first, of equally frequent ones the smaller first;
 * missing values are left out, and without any the list is empty.
 */
export function topValues(column: string, k: number): QueryMetric<readonly CategoryCount[]> {
  return queryMetric<readonly CategoryCount[]>({
    name: 'topValues',
    columns: [column],
    detail: k,
    query: (context, from) => {
      const value = id(column)
      const shown = shownValue(context, columnNamed(context.columns, column))
      return sql`select ${shown}, n
        from (select ${value}, count(*) as n from ${from} where ${value} is not null group by ${value}) as g
        order by n desc, ${value} limit ${k}`
    },
    finish: (rows) => rows.map(([value, count]) => ({ value: textOf(value), count: Number(count) })),
  })
}

/** Numbers come as numbers, since engines write them differently; everything else as the engine's text. */
function shownValue({ dialect }: MetricContext, column: Column): Sql {
  const value = id(column.name)
  return ['integer', 'number', 'boolean'].includes(column.type) ? value : dialect.text(value)
}

const textOf = (value: Value | undefined): string => String(value ?? null)
