import { decimalOf } from '../cells/decimals.ts'
import { id, type Sql, sql } from '../sql/sql.ts'
import { finiteOnly, measurable } from './finite.ts'
import { type MetricContext, type QueryMetric, queryMetric } from './metric.ts'

/**
 * The standard deviation of numbers that lie close together beside their size, of which doubles keep few digits, or none:
 * that of what each is more than the least. Missing values and those that are not finite are left out. Takes two scans.
 */
export function exactDeviation(
  column: string,
  { population = false }: { readonly population?: boolean } = {},
): QueryMetric<number | null> {
  return queryMetric<number | null>({
    name: 'exactDeviation',
    columns: [column],
    detail: population,
    query(context, from) {
      const values = sql`select ${exactValue(context, column)} as v from ${from}`
      const more = context.dialect.double(sql`v - (select min(v) from (${values}) as s)`)
      return sql`select count(v), stddev_samp(${more}) from (${values}) as s`
    },
    finish([row = []]) {
      const count = Number(row[0])
      if (count < (population ? 1 : 2)) return null
      const deviation = Number(row[1] ?? 0)
      return population ? deviation * Math.sqrt((count - 1) / count) : deviation
    },
  })
}

/** Numbers whose differences lose no digit. */
function exactValue(context: MetricContext, column: string): Sql {
  const measured = measurable(context, column, 'exactDeviation', false)
  if (measured.type === 'integer') return context.dialect.wideInteger(id(column))
  return decimalOf(measured.native) ? id(column) : finiteOnly(context, measured)
}
