import { cellOf } from '../cells/cell.ts'
import { asDouble, columnNamed, isNumeric, keyOf, type MetricContext, type QueryMetric } from '../metrics/metric.ts'
import { id, join, raw, type Sql, sql } from '../sql/sql.ts'
import type { ClusterMoments } from '../stats/designEffect.ts'

/** What may be so of a row, by a column: a value up to a number, or a certain text. */
export interface Events {
  readonly column: string
  /** Up to these numbers. */
  readonly cuts?: readonly number[]
  /** These categories, as text. */
  readonly keys?: readonly string[]
}

/** How events gather in clusters: the rows of each value of `by`. A row without one is a cluster of its own. */
export function clusterMoments(by: string, events: readonly Events[]): QueryMetric<ClusterMoments> {
  return {
    name: 'clusterMoments',
    columns: [by, ...events.map(({ column }) => column)],
    key: keyOf('clusterMoments', [by], events),
    pass: 'query',
    query: (context, from) => {
      const conditions = events.flatMap((event) => conditionsOf(event, context))
      const { dialect } = context
      const counted = conditions.map(
        (condition, i) => sql`, ${dialect.double(dialect.countIf(condition))} as ${id(`s${i}`)}`,
      )
      const squared = (a: Sql, b: Sql) => sql`coalesce(sum(case when k is null then ${a} else ${a} * ${b} end), 0)`
      const n = raw('n')
      const sums = conditions.map((_, i) => {
        const s = id(`s${i}`)
        return sql`, coalesce(sum(${s}), 0), ${squared(s, s)}, ${squared(s, n)}`
      })
      return sql`select coalesce(sum(case when k is null then n else 1 end), 0), coalesce(sum(n), 0), ${squared(n, n)}${join(sums, '')}
        from (select ${id(by)} as k, ${dialect.double(raw('count(*)'))} as n${join(counted, '')} from ${from} group by 1) as g`
    },
    finish: ([row = []]) => {
      const [clusters = 0, rows = 0, squares = 0, ...sums] = row.map(Number)
      const at = (i: number) => sums[i] as number
      return {
        clusters,
        rows,
        squares,
        events: Array.from({ length: sums.length / 3 }, (_, i) => ({
          sum: at(3 * i),
          square: at(3 * i + 1),
          cross: at(3 * i + 2),
        })),
      }
    },
  }
}

function conditionsOf({ column: name, cuts = [], keys = [] }: Events, context: MetricContext): readonly Sql[] {
  const column = columnNamed(context.columns, name)
  const numeric = isNumeric(column)
  const { missing } = cellOf(column, context.dialect)
  return [
    missing,
    ...cuts.map((cut) => sql`${asDouble(context, column)} <= ${cut}`),
    ...keys.map((key) =>
      numeric ? sql`${asDouble(context, column)} = ${Number(key)}` : sql`${context.dialect.text(id(name))} = ${key}`,
    ),
  ]
}
