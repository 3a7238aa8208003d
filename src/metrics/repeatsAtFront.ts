import { id, join, raw, sql } from '../sql/sql.ts'
import { type QueryMetric, queryMetric } from './metric.ts'

const FRONT = 20_000

/**
 * How many of the first 20,000 rows repeat another in a set of columns: what is no key shows it there, almost always.
 * Two missing values are alike.
 */
export function repeatsAtFront(columns: readonly string[]): QueryMetric<number> {
  return queryMetric<number>({
    name: 'repeatsAtFront',
    columns,
    query: (_, from) => {
      const names = join(columns.map((name) => id(name)))
      return sql`select coalesce(sum(n - 1), 0) from (select count(*) as n
        from (select ${names} from ${from} limit ${raw(String(FRONT))}) as h group by ${names}) as g`
    },
    finish: ([row]) => Number(row?.[0]),
  })
}
