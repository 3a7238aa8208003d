import type { PackedRow } from '../checkRow.ts'

/** A row of the table of checks as the page's script knows it; `tr` of one that was not drawn yet is undefined. */
export interface TableRow {
  tr?: HTMLTableRowElement
  readonly packed?: PackedRow
  readonly id: string
  readonly status: string
  readonly kinds: string
  readonly name: string
  readonly column: string
  readonly share: number
  readonly cells: readonly string[]
  /** What the filter looks at. */
  readonly text: string
  /** Its place in the order of the run, worst first. */
  readonly index: number
}
