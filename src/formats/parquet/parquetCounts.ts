import type { Engine } from '../../engine/engine.ts'
import { kept } from '../../engine/kept.ts'
import type { StatedCounts } from '../../engine/statedCounts.ts'
import { join, raw, sql } from '../../sql/sql.ts'
import type { ParquetPlace } from './parquetColumns.ts'
import type { FooterSums } from './parquetFooter.ts'

/** Rows from which on reading a column costs more than a second look at the footers, and how much they hold at most for it. */
const LEAST_ROWS = 100_000
const MOST_CHUNKS = 20_000

/**
 * How many values the footers say columns with missing ones have, of those at the top whose name is not the engine's
 * invention; undefined where reading the columns costs less. Of one without missing values the engine knows it itself.
 */
export function parquetCounts(
  engine: Engine,
  places: readonly ParquetPlace[],
  { rows, chunks, isMissingSome }: FooterSums,
): StatedCounts | undefined {
  if (!isMissingSome || rows < LEAST_ROWS || chunks > MOST_CHUNKS) return undefined
  return kept(async (options) => {
    const counts = await engine.query(
      sql`select path_in_schema, sum(num_values) - sum(stats_null_count)
        from parquet_metadata([${join(places.map(({ path }) => sql`${path}`))}])
        where path_in_schema not like '%, %' group by path_in_schema
        having count(stats_null_count) = count(*) and sum(num_values) = ${raw(String(rows))}
          and sum(stats_null_count) > 0 and min(stats_null_count) >= 0 and max(stats_null_count - num_values) <= 0`,
      options,
    )
    const own = counts.map(([name, count]): [string, number] => [String(name), Number(count)])
    return new Map(own.filter(([name]) => !/^(C\d+|.*_\d+|\s*)$/s.test(name)))
  })
}
