import { asDouble, columnNamed, type QueryMetric, queryMetric } from '../../metrics/metric.ts'
import { raw, sql } from '../../sql/sql.ts'

const HOUR = 3_600_000

/** The instants of an hour: its first and last one, in milliseconds since the epoch, and how many there are. */
export interface HourCount {
  readonly from: number
  readonly to: number
  readonly count: number
}

/** The instants of a column of times by hour, in no order. */
export const hourCounts = (column: string): QueryMetric<readonly HourCount[]> =>
  queryMetric({
    name: 'hourCounts',
    columns: [column],
    query: (context, from) => {
      const instant = asDouble(context, columnNamed(context.columns, column))
      return sql`select min(x), max(x), count(*) from (select ${instant} as x from ${from}) as v
        where x is not null group by floor(x / ${raw(String(HOUR))})`
    },
    finish: (rows) =>
      rows.map(([least, largest, count]) => ({ from: Number(least), to: Number(largest), count: Number(count) })),
  })
