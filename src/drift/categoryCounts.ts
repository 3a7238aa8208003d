import { cellOf } from '../cells/cell.ts'
import { columnNamed, isNumeric, asDouble, type QueryMetric, queryMetric } from '../metrics/metric.ts'
import { id, raw, sql } from '../sql/sql.ts'
import { numberKey } from './numberKey.ts'

/** Categories read at most; a column with more of them holds identifiers or free text. */
export const MOST_CATEGORIES = 10_000
/** Longer texts are told apart by their start and a hash. */
const LONGEST_KEY = 200

/** How often each value of a column occurs. */
export interface CategoryCounts {
  /** Rows by value, without missing values. Values longer than 200 characters are cut and hashed. */
  readonly counts: ReadonlyMap<string, number>
  /** Cells of a text file that are not of their column's type. */
  readonly unreadable: number
  /** There are more than `MOST_CATEGORIES` values; `counts` holds some of them. */
  readonly truncated: boolean
}

/** Counts the values of a column by one GROUP BY; numbers count as equal whatever their type. */
export function categoryCounts(name: string): QueryMetric<CategoryCounts> {
  return queryMetric({
    name: 'categoryCounts',
    columns: [name],
    query: (context, from) => {
      const { dialect } = context
      const column = columnNamed(context.columns, name)
      const text = dialect.text(column.type === 'number' ? asDouble(context, column) : id(name))
      // Postgres takes no bigint here, which is what a bound number would be.
      const longest = raw(String(LONGEST_KEY))
      const { missing } = cellOf(column, dialect)
      // Cutting and hashing is for values, not for rows.
      return sql`select case when ${dialect.codePoints(raw('v'))} > ${LONGEST_KEY} then concat(substr(v, 1, ${longest}), ' ', md5(v))
          else v end as k, n, ${raw(isNumeric(column) ? '1' : '0')} as numeric
        from (select v, count(*) as n from (select ${text} as v from ${from} where not ${missing}) as t
          group by v limit ${MOST_CATEGORIES + 2}) as g`
    },
    finish: (rows) => {
      const counts = new Map<string, number>()
      let unreadable = 0
      for (const [key, n, numeric] of rows) {
        if (key === null) unreadable = Number(n)
        else {
          const value = Number(numeric) === 1 ? numberKey(String(key)) : String(key)
          counts.set(value, (counts.get(value) ?? 0) + Number(n))
        }
      }
      return { counts, unreadable, truncated: counts.size > MOST_CATEGORIES }
    },
  })
}
