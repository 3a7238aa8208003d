import { cellOf } from '../cells/cell.ts'
import { isSpelledAsUsual } from '../cells/retyped.ts'
import { numberSpelling } from '../checks/spelling.ts'
import type { QueryOptions, Relation } from '../engine/engine.ts'
import { join, raw, sql } from '../sql/sql.ts'

/** Rows that are looked at. */
const ROWS = 1000

/**
 * What to tell of columns of a text file all of whose first texts are numbers with commas, and are read as texts; undefined
 * where there is none.
 */
export async function spellingNote(relation: Relation, options: QueryOptions): Promise<string | undefined> {
  const columns = relation.columns.filter((column) => column.type === 'string' && column.guessed)
  if (columns.length === 0 || !isSpelledAsUsual(relation)) return undefined
  const { dialect } = relation.engine
  const cells = columns.map((column) => dialect.text(cellOf(column, dialect).text))
  const rows = await relation.engine.query(
    sql`select ${join(cells)} from ${relation.from} limit ${raw(String(ROWS))}`,
    options,
  )
  const byHint = new Map<string, string[]>()
  columns.forEach(({ name }, i) => {
    const texts = rows.flatMap((row) => (row[i] === null ? [] : [String(row[i])]))
    const hint = texts.every((text) => /^[-+]?[\d.,]+$/.test(text)) ? numberSpelling(texts) : undefined
    if (hint !== undefined) byHint.set(hint, [...(byHint.get(hint) ?? []), JSON.stringify(name)])
  })
  if (byHint.size === 0) return undefined
  return [...byHint]
    .map(([hint, names]) => `${names.join(', ')} ${names.length > 1 ? 'seem' : 'seems'} to hold numbers; ${hint}`)
    .join('; ')
}
