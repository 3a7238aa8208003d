import { cellOf } from '../cells/cell.ts'
import type { Column, Relation } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import { countText } from '../words/text/numbers.ts'
import { join, sql } from '../sql/sql.ts'
import type { Dataset } from './model.ts'
import { filtersOf, relationOf, rootOf } from './opened.ts'

/** How many cells of each column are not of its type. */
export type UnreadCounts = (relation: Relation, columns: readonly Column[]) => Promise<readonly number[]>

/**
 * Refuses rows that a filter in SQL has chosen by cells which it could not see: in a text file, a cell that is not of its
 * column's type is null to the engine, so that its row is in no slice, or in a wrong one. Throws AssayError `wrong-use`
 * that names the column.
 */
export async function checkFilteredCells(dataset: Dataset, counted: UnreadCounts = unreadCells): Promise<void> {
  const named = filtersOf(dataset).flatMap(({ bySql, columns }) => (bySql ? columns : []))
  if (named.length === 0) return
  // Together with what is asked of the slice, which shares a scan with the whole.
  await relationOf(dataset)
  const relation = await relationOf(rootOf(dataset))
  const words = new Set(named.map((name) => name.toLowerCase()))
  const { dialect } = relation.engine
  const columns = relation.columns.filter(
    (column) => words.has(column.name.toLowerCase()) && cellOf(column, dialect).readable === 'mostly',
  )
  const counts = columns.length > 0 ? await counted(relation, columns) : []
  for (const [i, { name, type }] of columns.entries()) {
    const count = counts[i] ?? 0
    if (count === 0) continue
    throw new AssayError(
      'wrong-use',
      `a filter in SQL reads ${JSON.stringify(name)} as ${type}, and ${countText(count, 'cell')} of it ${count === 1 ? 'is' : 'are'} none: it takes ${count === 1 ? 'it' : 'them'} for missing`,
      {
        hint: `say what the column holds with types: { ${JSON.stringify(name)}: 'number' } or 'string', or what stands for a missing value with missing; where({ … }) compares cells as they are`,
      },
    )
  }
}

/** Counted by a query of its own. */
async function unreadCells({ engine, from }: Relation, columns: readonly Column[]): Promise<readonly number[]> {
  const cells = columns.map((column) => {
    const { text, value } = cellOf(column, engine.dialect)
    return sql`count(${text}) - count(${value})`
  })
  const [found = []] = await engine.query(sql`select ${join(cells)} from ${from}`)
  return found.map(Number)
}
