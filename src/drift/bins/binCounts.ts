import { binAmong, histogramSql, type Threshold } from '../../metrics/bins.ts'
import { asDouble, columnNamed, isFloating, type QueryMetric, queryMetric } from '../../metrics/metric.ts'
import { raw, type Sql, sql } from '../../sql/sql.ts'

/** A column's rows with a value, counted. */
export interface BinCounts {
  /** Finite values between one threshold and the next, from below the first to above the last. */
  readonly frequencies: readonly number[]
  /** Minus infinity, and infinity. */
  readonly infinite: readonly [below: number, above: number]
}

const [BELOW, ABOVE, NOT_A_NUMBER] = [-1, -2, -3]

/** Counts the values of a number or time column (times in milliseconds since the epoch) between rising thresholds. */
export function binCounts(column: string, thresholds: readonly Threshold[]): QueryMetric<BinCounts> {
  return queryMetric<BinCounts>({
    name: 'binCounts',
    columns: [column],
    detail: thresholds.map(({ value, inclusive }) => [value, inclusive]),
    query: (context, from) => {
      const { dialect } = context
      const measured = columnNamed(context.columns, column)
      const values = sql`(select ${asDouble(context, measured)} as x from ${from}) as v`
      const x = raw('x')
      const [finite, first] = [dialect.isFinite(x), sql`substr(${dialect.text(x)}, 1, 1)`]
      if (dialect.histograms) {
        // A case, so that what is finite is never written as text.
        const counted = (text: string) =>
          sql`count(case when ${finite} then null when lower(${first}) = ${text} then 1 end)`
        return sql`with g as (select ${histogramSql(x, thresholds)} filter (where ${finite}) as h,
            ${counted('-')} as below, ${counted('i')} as above from ${values})
          select ${place(BELOW)} as b, below as n from g union all select ${place(ABOVE)}, above from g union all
          select unnest(range(0, len(map_values(h)))), unnest(map_values(h)) from g`
      }
      // Engines spell them otherwise: inf and Infinity, nan and NaN.
      const strange = isFloating(measured)
        ? sql`when not ${finite} then case when ${first} = '-' then ${place(BELOW)} when lower(${first}) = 'i' then ${place(ABOVE)} else ${place(NOT_A_NUMBER)} end`
        : raw('')
      return sql`select b, count(*) from (
        select case ${strange} when x is not null then ${binAmong(thresholds)} end as b from ${values}
      ) as g where b is not null group by b`
    },
    finish: (rows) => {
      const byBin = new Map(rows.map(([at, count]) => [Number(at), Number(count)]))
      return {
        frequencies: Array.from({ length: thresholds.length + 1 }, (_, i) => byBin.get(i) ?? 0),
        infinite: [byBin.get(BELOW) ?? 0, byBin.get(ABOVE) ?? 0],
      }
    },
  })
}

const place = (at: number): Sql => raw(String(at))
