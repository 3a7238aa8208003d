import { REDACTED } from '../../dataset/personal.ts'
import type { BlockDefinition } from './block.ts'

/** Counts by two things that each case is: what was expected and what was predicted, say. */
export interface MatrixBlock {
  readonly kind: 'matrix'
  /** What the rows are, and the columns: `expected`, `predicted`. */
  readonly down: string
  readonly across: string
  readonly rows: readonly string[]
  readonly columns: readonly string[]
  /**
   * One list for each row, with one count for each column.
   * @count
   */
  readonly counts: readonly (readonly number[])[]
  /** The columns of the data whose values the labels are; default: what its result is about. */
  readonly of?: readonly string[] | 'any'
}

export const matrix: BlockDefinition<MatrixBlock> = {
  columns: ({ of }, about) => of ?? about,
  hide: (block) => ({ ...block, rows: block.rows.map(() => REDACTED), columns: block.columns.map(() => REDACTED) }),
  cut: (block, cut) => ({ ...block, rows: block.rows.map(cut), columns: block.columns.map(cut) }),
}
