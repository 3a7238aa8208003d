import { REDACTED } from '../../dataset/personal.ts'
import { columnsOfText } from '../../words/text/columns.ts'
import { countText, decimal, interval, numberText } from '../../words/text/numbers.ts'
import { shorten, visible } from '../../words/text/visible.ts'
import type { BlockDefinition } from './block.ts'
import type { Limits } from './number.ts'

/** A score over one slice of the cases. */
export interface SliceScore {
  readonly name: string
  /** @count */
  readonly cases: number
  /** Absent where the score is not defined for these cases. */
  readonly value?: number
  readonly interval?: readonly [number, number]
  /** Whether the interval lies wholly on the worse side of the score of all cases, or of the limit. */
  readonly weak?: true
}

/** A score by slices of the cases, the weakest first: accuracy by country, selection rates by group. */
export interface SlicesBlock {
  readonly kind: 'slices'
  /** What is scored: `accuracy`. */
  readonly score: string
  readonly better: 'higher' | 'lower'
  /** What the cases are sliced by; absent where a function says it. */
  readonly by?: string
  /**
   * Of the intervals.
   * @maximum 1
   */
  readonly confidence?: number
  /** What each slice is held to. */
  readonly limit?: Limits
  /** Of all cases together. */
  readonly overall?: SliceScore
  /** The weakest of them; there may be more. */
  readonly slices: readonly SliceScore[]
  /**
   * How many slices there are in all.
   * @count
   */
  readonly total: number
  /**
   * How many of them have too few cases to be scored.
   * @count
   */
  readonly tooSmall?: number
  /** The columns whose values the names are; default: what its result is about. */
  readonly of?: readonly string[] | 'any'
}

const SHOWN = 8
const NAME = 32
/** Slices kept where a result is too large. */
const SPARED = 40

/** A score by slice, the weakest first. */
export const slices: BlockDefinition<SlicesBlock> = {
  lines(block) {
    const { score, by, slices: all, overall, total } = block
    if (all.length === 0) return []
    const shown = all.slice(0, SHOWN)
    const head = [visible(by ?? 'slice'), visible(score), 'interval', 'cases']
    const body = [...shown, ...(overall ? [overall] : [])].map((slice) => [
      `${slice.weak ? '▸ ' : ''}${slice.name === '' ? '(empty)' : shorten(visible(slice.name), NAME)}`,
      decimal(slice.value),
      interval(slice.interval),
      numberText(slice.cases),
    ])
    const left = total - shown.length
    return [...columnsOfText([head, ...body]), ...(left > 0 ? [`  … and ${countText(left, 'more slice')}`] : [])]
  },
  columns: ({ of }, about) => of ?? about,
  hide: (block) => ({ ...block, slices: block.slices.map((slice) => ({ ...slice, name: REDACTED })) }),
  cut: (block, cut) => ({ ...block, slices: block.slices.map((slice) => ({ ...slice, name: cut(slice.name) })) }),
  spare: (block) => ({ ...block, slices: block.slices.slice(0, SPARED) }),
}
