import type { MatrixBlock } from '../../results/blocks/matrix.ts'
import { countText, numberText } from '../text/numbers.ts'
import { shorten, visible } from '../text/visible.ts'
import type { BlockText } from './block.ts'
import { columnsOfText } from './columns.ts'

const SHOWN = 8
const LABEL = 16

/** Counts in rows and columns, under what these are. */
export const matrix: BlockText<MatrixBlock> = {
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
}
