import { type BlockDefinition, tellsOf } from './block.ts'

/** Bounds of a number: `min` and `max` belong to what is allowed, `gt` and `lt` do not. */
export interface Limits {
  readonly min?: number
  readonly max?: number
  readonly gt?: number
  readonly lt?: number
}

/** Rows of one side of a comparison. */
export interface Side {
  /** @count */
  readonly rows: number
  /**
   * Rows without a value.
   * @count
   */
  readonly missing: number
}

/** A measured number with its interval and what it is held to: an effect of drift, a score of a model. */
export interface NumberBlock {
  readonly kind: 'number'
  /** Its symbol or name: `D`, `accuracy`. */
  readonly name: string
  /** What it is, in words: `largest difference of the cumulative shares`. */
  readonly meaning?: string
  /** How it was found. */
  readonly method?: string
  readonly value: number
  /** Of drift two one-sided bounds, the lower one corrected for the columns of the call as the verdict is. */
  readonly interval?: readonly [number, number]
  /**
   * Of the interval.
   * @maximum 1
   */
  readonly confidence?: number
  readonly limit?: Limits
  /**
   * Probability of a number at least as large when there is nothing to measure; not adjusted.
   * @maximum 1
   */
  readonly p?: number
  /**
   * How far `p` may be off, as a share of itself, where it is approximate: 0.04 of p = 0.5 is 0.02.
   * @maximum 1
   */
  readonly pError?: number
  /**
   * p of "the number is within its limit", adjusted for those asked together (Holm 1979): what a fail rests on.
   * @maximum 1
   */
  readonly adjustedP?: number
  /** What it was measured on, and what that was compared with. */
  readonly current?: Side
  readonly reference?: Side
  /** The smallest effect that would be found with these row counts. */
  readonly leastDetectable?: number
  /**
   * Rows of the current side, beside this reference, that would decide nine times in ten if nothing moved.
   * @count
   */
  readonly rowsToDecide?: number
  /** What stands behind the number, in words: what moved most. */
  readonly note?: string
  /** The columns whose values the number tells; default: what its result is about. */
  readonly of?: readonly string[] | 'any'
  /** The columns whose values the note tells; default: the same. */
  readonly noteOf?: readonly string[] | 'any'
}

/** A number with its interval, its limit and what it was counted of. */
export const number: BlockDefinition<NumberBlock> = {
  core: true,
  columns({ of, noteOf = [] }, about) {
    const own = of ?? about
    return own === 'any' || noteOf === 'any' ? 'any' : [...own, ...noteOf]
  },
  hide({ note, ...block }, secret, about) {
    if (tellsOf(block.of ?? about, secret)) return undefined
    const told = note !== undefined && !tellsOf(block.noteOf ?? [], secret)
    return { ...block, ...(told ? { note } : {}) }
  },
  cut: ({ note, ...block }, cut) => ({ ...block, ...(note === undefined ? {} : { note: cut(note) }) }),
}
