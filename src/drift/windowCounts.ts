import { type TimeSpan, windowLabel } from '../dataset/timeWindow.ts'
import { columnNamed, queryMetric } from '../metrics/metric.ts'
import { id, sql } from '../sql/sql.ts'

/** Rows by the beginning of their window of time, as text and in its order; those without a time under an empty one. */
export const windowCounts = (time: string, every: TimeSpan) =>
  queryMetric({
    name: 'windowCounts',
    columns: [time],
    detail: every,
    query: ({ columns, dialect }, from) =>
      sql`select ${windowLabel(columnNamed(columns, time), every, dialect)} as k, count(*) as n from ${from} group by 1 order by min(${id(time)})`,
    finish: (rows) => new Map(rows.map(([label, count]) => [label === null ? '' : String(label), Number(count)])),
  })
