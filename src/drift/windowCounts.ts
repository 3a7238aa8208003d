import { type TimeSpan, windowLabel } from '../dataset/timeWindow.ts'
import { columnNamed, queryMetric } from '../metrics/metric.ts'
import { sql } from '../sql/sql.ts'

/** Rows by the beginning of their window of time, as text; those without a time under an empty one. */
export const windowCounts = (time: string, every: TimeSpan) =>
  queryMetric({
    name: 'windowCounts',
    columns: [time],
    detail: every,
    query: ({ columns, dialect }, from) =>
      sql`select ${windowLabel(columnNamed(columns, time), every, dialect)} as k, count(*) as n from ${from} group by 1`,
    finish: (rows) => new Map(rows.map(([label, count]) => [label === null ? '' : String(label), Number(count)])),
  })
