import { segmentLabel, type SegmentLabel } from '../../dataset/segment.ts'
import { raw, sql } from '../../sql/sql.ts'
import { columnNamed, type QueryMetric, queryMetric } from '../metric.ts'

/** The values that tell the segments of a column's rows apart. */
export interface Segments {
  /** Most rows first, of equally many the smaller label first; null where rows have no value. */
  readonly labels: readonly SegmentLabel[]
  /** How many there are in all. */
  readonly total: number
}

/** The segments of a column, up to `most` of them; none without rows. */
export function segments(column: string, most: number): QueryMetric<Segments> {
  return queryMetric<Segments>({
    name: 'segments',
    columns: [column],
    detail: most,
    query: ({ columns, dialect }, from) => {
      const label = segmentLabel(columnNamed(columns, column), dialect)
      return sql`select label, count(*) over () from (select ${label} as label, count(*) as n from ${from} group by 1) as g
        order by n desc, label limit ${raw(String(most))}`
    },
    finish: (rows) => ({
      labels: rows.map(([label]) => (label === null || label === undefined ? null : String(label))),
      total: Number(rows[0]?.[1] ?? 0),
    }),
  })
}
