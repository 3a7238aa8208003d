import { cellOf } from '../../cells/cell.ts'
import { measure } from '../../checks/measure.ts'
import { sampled } from '../../dataset/sampled.ts'
import type { Column, Relation } from '../../engine/engine.ts'
import { missingCount } from '../../metrics/kinds/missingCount.ts'
import { rowCount } from '../../metrics/kinds/rowCount.ts'
import { textLengths } from '../../metrics/textLengths.ts'
import type { LogicalType } from '../../sql/dialect.ts'
import { id, sql } from '../../sql/sql.ts'

/** Texts of a side in an order of their own, so that the order of rows says nothing. */
export interface Texts {
  readonly texts: readonly string[]
  /** Rows that were looked at, with and without a text. */
  readonly rows: number
}

/** Rows of a side that are read at most, and characters of them. */
const MOST_ROWS = 100_000
const MOST_CHARACTERS = 50_000_000

/** Whether both columns hold text. */
export const haveTexts = (current: LogicalType, reference: LogicalType): boolean =>
  [current, reference].every((type) => type === 'string' || type === 'mixed')

/** The texts of a column: all of them, or those of a sample of rows with a fixed seed where there are more than that. */
export async function textsOf(
  relation: Relation,
  { name }: Column,
  signal: AbortSignal | undefined,
  most = MOST_ROWS,
): Promise<{ readonly read: Texts; readonly sql: readonly string[] }> {
  const { values, sql: counted } = await measure(
    relation,
    { rows: rowCount(), missing: missingCount(name), lengths: textLengths(name) },
    signal,
  )
  const mean = Math.max(1, values.lengths?.mean ?? 0)
  const size = Math.max(1, Math.min(most, Math.floor(MOST_CHARACTERS / mean)))
  const some = values.rows > size ? await sampled(relation, size, 1) : relation
  const column = some.columns.find((one) => one.name === name) as Column
  const { dialect } = some.engine
  const text = dialect.text(id(name))
  const query = sql`select ${text} from ${some.from} where not ${cellOf(column, dialect).missing} and ${text} is not null`
  const cells = await some.engine.query(query, { signal })
  const texts = cells.map(([cell]) => String(cell)).sort()
  return { read: { texts, rows: Math.min(size, values.rows) }, sql: counted }
}
