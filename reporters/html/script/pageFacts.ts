import type { Status } from '../../../src/results/checkResult.ts'
import type { CellName, packedFields } from '../checkRow.ts'

/** What the page's script knows of how the page was drawn. */
export interface PageFacts {
  readonly statuses: readonly Status[]
  /** The cells of a row of the table, in order. */
  readonly cells: readonly CellName[]
  /** What a row that was left out is made of, in order. */
  readonly fields: typeof packedFields
  /** Rows that are shown at once. */
  readonly page: number
}
