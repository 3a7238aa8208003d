import { cellOf } from '../cells/cell.ts'
import { type Dataset } from '../dataset/dataset.ts'
import { filtersOf, relationOf, rootOf } from '../dataset/opened.ts'
import type { QueryOptions } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import { runMetrics } from '../metrics/run.ts'
import { unreadableCount } from '../metrics/unreadableCount.ts'
import { countText } from '../words/text/numbers.ts'

/**
 * Refuses rows that a filter in SQL has chosen by cells which it could not see: in a text file, a cell that is not of its
 * column's type is null to the engine, so that its row is in no slice, or in a wrong one. Throws AssayError `wrong-use`
 * that names the column.
 */
export async function checkFilteredCells(dataset: Dataset, options: QueryOptions): Promise<void> {
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
  const counts = columns.map(({ name }) => unreadableCount(name))
  const found = await runMetrics(counts, relation, options)
  for (const [i, { name, type }] of columns.entries()) {
    const result = found.get(counts[i]?.key as string)
    if (result && !result.ok) throw result.error
    const count = Number(result?.value ?? 0)
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
