import { REDACTED } from '../../dataset/personal.ts'
import { columnsOfText } from '../../words/text/columns.ts'
import { countText, numberText } from '../../words/text/numbers.ts'
import { shorten, visible } from '../../words/text/visible.ts'
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

const SHOWN = 8
const LABEL = 16

/** Counts in rows and columns, under what these are. */
export const matrix: BlockDefinition<MatrixBlock> = {
  lines({ down, across, rows, columns, counts }) {
    if (rows.length === 0) return []
    const label = (text: string): string => shorten(visible(text), LABEL)
    const head = [`${visible(down)} \\ ${visible(across)}`, ...columns.slice(0, SHOWN).map(label)]
    const body = rows
      .slice(0, SHOWN)
      .map((name, i) => [label(name), ...columns.slice(0, SHOWN).map((_, j) => numberText(counts[i]?.[j] ?? 0))])
    const left = Math.max(rows.length, columns.length) - SHOWN
    return [...columnsOfText([head, ...body]), ...(left > 0 ? [`  … and ${countText(left, 'more label')}`] : [])]
  },
  columns: ({ of }, about) => of ?? about,
  hide: (block) => ({ ...block, rows: block.rows.map(() => REDACTED), columns: block.columns.map(() => REDACTED) }),
  cut: (block, cut) => ({ ...block, rows: block.rows.map(cut), columns: block.columns.map(cut) }),
}
