import { type Relation, ROW_NUMBER, type RowValue, type SourceFindings } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import { id, join, sql } from '../sql/sql.ts'

/** All rows of a relation as objects, in their order where they have one. Throws when some of them cannot be read. */
export async function rowsOf(name: string, relation: Relation): Promise<Record<string, RowValue>[]> {
  const { engine, columns, from, numbered, findings } = relation
  checkNoneLost(name, await findings?.())
  if (columns.length === 0) {
    const [counted] = await engine.query(sql`select count(*) from ${from}`)
    return Array.from({ length: Number(counted?.[0]) }, () => ({}))
  }
  const selected = join(columns.map((column) => id(column.name)))
  const ordered = numbered
    ? sql`select ${selected} from ${numbered} order by ${id(ROW_NUMBER)}`
    : sql`select ${selected} from ${from}`
  const rows = await engine.query(ordered)
  return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column.name, row[i] as RowValue])))
}

/** Rows that are handed over without a verdict beside them must be all of them. */
function checkNoneLost(name: string, found: SourceFindings | undefined): void {
  if (!found || found.rowsLost === 0 || found.severity === 'warn') return
  const [{ file, line, reason } = { file: '', line: 0, reason: '' }] = found.first
  throw new AssayError(
    'unreadable-file',
    `${found.rowsLost} records of ${JSON.stringify(name)} cannot be read; the first finding: line ${line} of ${JSON.stringify(file)}, ${reason}`,
    { hint: "mend the file, or say malformed: 'warn' to go on without them" },
  )
}
