import type { PageFacts } from './pageFacts.ts'
import type { TableRow } from './tableRow.ts'

/** Which column the table is sorted by. */
export interface Sorting {
  readonly column: number
  readonly down: boolean
}

/**
 * Rows by a column: statuses worst first, shares and whatever begins with a number as numbers, the rest as text, and what
 * is alike in the order of the run. Without a sorting the order of the run.
 */
export function ordered(
  rows: readonly TableRow[],
  sorting: Sorting | undefined,
  { cells, statuses }: PageFacts,
): readonly TableRow[] {
  const numberOf = (text: string): number => {
    const match = /^[<>≤≥=\s]*([-−]?\d[\d,]*(?:\.\d+)?)/.exec(text)
    return match?.[1] === undefined ? Number.NaN : Number(match[1].replaceAll(',', '').replace('−', '-'))
  }
  const keyOf = (row: TableRow, column: number): string | number => {
    if (cells[column] === 'status') return (statuses as readonly string[]).indexOf(row.status)
    if (cells[column] === 'share') return row.share
    const text = row.cells[column] ?? ''
    if (column < cells.indexOf('expected')) return text.toLowerCase()
    const number = numberOf(text)
    if (!Number.isNaN(number)) return number
    return column > cells.indexOf('measured') ? -1 : text.toLowerCase()
  }
  const compared = (a: string | number, b: string | number): number => {
    if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1
    return a < b ? -1 : a > b ? 1 : 0
  }
  if (!sorting) return [...rows].sort((a, b) => a.index - b.index)
  const sign = sorting.down ? -1 : 1
  return rows
    .map((row) => ({ key: keyOf(row, sorting.column), row }))
    .sort((a, b) => sign * compared(a.key, b.key) || a.row.index - b.row.index)
    .map(({ row }) => row)
}
