import { cellOf } from '../../cells/cell.ts'
import { measure } from '../../checks/measure.ts'
import { type Column, type Relation, ROW_NUMBER } from '../../engine/engine.ts'
import { AssayError } from '../../errors.ts'
import { rowCount } from '../../metrics/kinds/rowCount.ts'
import { id, raw, sql } from '../../sql/sql.ts'
import { numberText } from '../../words/text/numbers.ts'

/** Rows of a side that are shuffled at most: an answer must come. */
const MOST_ROWS = 50_000

/** The cells of a column as text, in the order of rows where the source has one; null without a value. */
export async function cellsInOrder(
  relation: Relation,
  column: Column,
  signal: AbortSignal | undefined,
): Promise<{ readonly read: readonly (string | null)[]; readonly sql: readonly string[] }> {
  const { values, sql: counted } = await measure(relation, { rows: rowCount() }, signal)
  if (values.rows > MOST_ROWS)
    throw new AssayError(
      'wrong-argument',
      `noDriftFrom got a method that shuffles rows, and ${numberText(values.rows)} of them`,
      {
        hint: `take another method, or a sample(): it shuffles ${numberText(MOST_ROWS)} at most`,
      },
    )
  const { dialect } = relation.engine
  const cell = sql`case when ${cellOf(column, dialect).missing} then null else ${dialect.text(id(column.name))} end`
  const order = relation.numbered ? sql` order by ${id(ROW_NUMBER)}` : raw('')
  const query = sql`select ${cell} from ${relation.numbered ?? relation.from}${order}`
  const rows = await relation.engine.query(query, { signal })
  return { read: rows.map(([value]) => (value === null || value === undefined ? null : String(value))), sql: counted }
}
