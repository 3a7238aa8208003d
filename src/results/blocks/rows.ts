import { REDACTED } from '../../dataset/personal.ts'
import { type BlockDefinition, tellsOf } from './block.ts'

/** A value as it is shown: already text, redacted and cut; `null` is a missing value. */
export type Cell = string | null

/** How often the offending cells hold these values. */
export interface ValueCount {
  /** One value for each marked column, in the order of `marked`. */
  readonly cells: readonly Cell[]
  /** @count */
  readonly count: number
}

/** Rows that break a check, in row order. */
export interface RowsBlock {
  readonly kind: 'rows'
  readonly columns: readonly string[]
  /**
   * The columns of the data that each of `columns` holds values of, where that is not the one it is called by; `any` for
   * text of whole records.
   */
  readonly of?: readonly (readonly string[] | 'any')[]
  /**
   * 1-based row number of each row in its source (its file, where there are several), where known.
   * @count
   */
  readonly rowNumbers?: readonly number[]
  /** The file of each row, where the source has several. */
  readonly files?: readonly string[]
  /**
   * The physical line each row starts at, for text files.
   * @count
   */
  readonly lines?: readonly number[]
  /** @maxItems 20 */
  readonly rows: readonly (readonly Cell[])[]
  /**
   * Indexes into `columns` of the offending cells.
   * @count
   */
  readonly marked: readonly number[]
  /**
   * How many rows break the check in all; there may be fewer here.
   * @count
   */
  readonly total: number
  /**
   * The commonest failing values, where more rows fail than are shown and no marked column is personal.
   * @maxItems 8
   */
  readonly values?: readonly ValueCount[]
  /**
   * How many failing rows `values` counts, where they are fewer than `total`.
   * @count
   */
  readonly counted?: number
}

/** The columns of the data that one of its columns tells values of. */
const columnsAt = ({ columns, of }: RowsBlock, i: number): readonly string[] | 'any' =>
  of?.[i] ?? [columns[i] as string]

export const rows: BlockDefinition<RowsBlock> = {
  columns(block) {
    const all = block.columns.map((_, i) => columnsAt(block, i))
    return all.includes('any') ? 'any' : (all as readonly (readonly string[])[]).flat()
  },
  hide({ values, counted, ...block }, secret) {
    const hidden = block.columns.map((_, i) => tellsOf(columnsAt(block, i), secret))
    const told = values !== undefined && !block.marked.some((i) => hidden[i])
    return {
      ...block,
      rows: block.rows.map((row) => row.map((cell, i) => (cell !== null && hidden[i] ? REDACTED : cell))),
      ...(told ? { values, ...(counted === undefined ? {} : { counted }) } : {}),
    }
  },
  cut({ values, ...block }, cut) {
    const cells = (row: readonly Cell[]): readonly Cell[] => row.map((cell) => (cell === null ? null : cut(cell)))
    return {
      ...block,
      rows: block.rows.map(cells),
      ...(values ? { values: values.map((value) => ({ ...value, cells: cells(value.cells) })) } : {}),
    }
  },
}
