import type { LogicalType } from '../sql/dialect.ts'
import { literal, type Sql, sql } from '../sql/sql.ts'
import { numeric } from './identity.ts'
import { lexical } from './lexical.ts'
import { type NumberForm, numberSpelling } from './numberSpelling.ts'
import { instantOf, isShown } from './timezone.ts'

/** How values are written in a source, where that is not as the engine reads them. */
export interface Spelling {
  /** A cell's text as the engine reads the type; undefined for types that are written as they are read. */
  readonly sql: (cell: Sql, type: LogicalType) => Sql | undefined
  /** A cell's text as the type is told by. */
  readonly text: (cell: string) => string
}

const local = lexical.timestamp as string
const isLocal = new RegExp(local)

/** The spelling that the options say; undefined for the usual one. */
export function spelling(options: NumberForm & { readonly timezone?: string }): Spelling | undefined {
  const numbers = numberSpelling(options)
  const { timezone } = options
  if (!numbers && timezone === undefined) return undefined
  return {
    sql(cell, type) {
      if (numeric.includes(type)) return numbers?.sql(cell)
      return type === 'timestamptz' && timezone !== undefined ? zoned(cell, timezone) : undefined
    },
    text(cell) {
      if (timezone !== undefined && isLocal.test(cell)) return '1970-01-01T00:00:00Z'
      return numbers ? numbers.text(cell) : cell
    },
  }
}

/** A timestamp without zone as the instant; one that no clock of the zone shows has none, and is told to be none. */
function zoned(cell: Sql, zone: string): Sql {
  const stamp = sql`try_cast(${cell} as timestamp)`
  const spelled = sql`strftime(${instantOf(stamp, zone)} at time zone 'UTC', '%Y-%m-%dT%H:%M:%S.%fZ')`
  const none = sql`${cell} || ${literal(` (no time in ${zone})`)}`
  return sql`case when not regexp_matches(${cell}, ${literal(local)}) or ${stamp} is null then ${cell}
    when ${isShown(stamp, zone)} then ${spelled} else ${none} end`
}
