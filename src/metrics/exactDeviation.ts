import { decimalOf } from '../cells/decimals.ts'
import { type Dialect, SQUARABLE } from '../sql/dialect.ts'
import { id, raw, type Sql, sql } from '../sql/sql.ts'
import { finiteOnly, measurable, refuseOverflow } from './finite.ts'
import { columnNamed, isFloating, type MetricContext, type QueryMetric, queryMetric } from './metric.ts'

/**
 * The standard deviation of numbers that lie close together beside their size, of which doubles keep few digits, or none:
 * that of what each is more than the least, in a unit in which they have squares. Missing values and those that are not
 * finite are left out. Takes two scans.
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
      const { dialect } = context
      const values = sql`select ${exactValue(context, column)} as v from ${from}`
      const range = sql`(select min(v) as least, max(v) as most from (${values}) as s) as r`
      if (!isFloating(columnNamed(context.columns, column))) {
        const more = dialect.double(sql`v - least`)
        return sql`select count(v), stddev_samp(${more}), ${dialect.double(raw('1'))} from (${values}) as s, ${range}`
      }
      const apart = sql`(select *, ${unitOf(dialect, sql`most - least`)} as unit from ${range}) as u`
      return sql`select count(v), stddev_samp(v * unit - least * unit), min(unit) from (${values}) as s, ${apart}`
    },
    finish([row = []]) {
      const count = Number(row[0])
      if (count < (population ? 1 : 2)) return null
      const deviation = Number(row[1] ?? 0) / Number(row[2])
      const own = population ? deviation * Math.sqrt((count - 1) / count) : deviation
      return refuseOverflow(own, 'standardDeviation', column)
    },
  })
}

/** A power of two, which rounds nothing, that brings far larger and far smaller numbers near 1. */
function unitOf(dialect: Dialect, number: Sql): Sql {
  const [least, most] = [raw(String(1 / SQUARABLE)), raw(String(SQUARABLE))]
  return sql`case when ${number} = 0 or ${number} between ${least} and ${most} then 1
    else power(${dialect.double(raw('2'))}, greatest(-${FARTHEST}, least(${FARTHEST}, -floor(ln(${number}) / ln(2))))) end`
}

/** Powers of two beyond it are no doubles. */
const FARTHEST = raw('1000')

/** Numbers whose differences lose no digit. */
function exactValue(context: MetricContext, column: string): Sql {
  const measured = measurable(context, column, 'exactDeviation', false)
  if (measured.type === 'integer') return context.dialect.wideInteger(id(column))
  return decimalOf(measured.native) ? id(column) : finiteOnly(context, measured)
}
