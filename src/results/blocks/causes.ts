import { REDACTED } from '../../dataset/personal.ts'
import { shareText } from '../../words/text/numbers.ts'
import { shorten, visible } from '../../words/text/visible.ts'
import type { BlockDefinition } from './block.ts'

/** A value, or a span of values, with its part of how two distributions differ. */
export interface Cause {
  /** As text shows it: `channel = "app"`, `amount 40 to 60`. */
  readonly name: string
  /**
   * Its part of the distance.
   * @maximum 1
   */
  readonly part: number
  /**
   * Its share of the reference's rows.
   * @maximum 1
   */
  readonly before: number
  /**
   * Its share of the current rows.
   * @maximum 1
   */
  readonly after: number
}

/** Which values make up the distance of two distributions: parts of Jensen and Shannon's divergence, the largest first. */
export interface CausesBlock {
  readonly kind: 'causes'
  readonly causes: readonly Cause[]
  /** The columns whose values the names are; default: what its result is about. */
  readonly of?: readonly string[] | 'any'
}

const NAME = 80
/** Causes that are told in words, and the part that is worth a line. */
const SHOWN = 3
const LEAST = 0.1

/** What brought a change about, in shares of it. */
export const causes: BlockDefinition<CausesBlock> = {
  lines: ({ causes: all }) =>
    all
      .filter(({ part }) => part >= LEAST)
      .slice(0, SHOWN)
      .map(({ name, part, before, after }, i) => {
        const of = i === 0 ? 'of the distance is' : 'is'
        return `  ${shareText(part)} ${of} ${shorten(visible(name), NAME)}: ${shareText(before, [after])} → ${shareText(after, [before])}`
      }),
  columns: ({ of }, about) => of ?? about,
  hide: (block) => ({ ...block, causes: block.causes.map((cause) => ({ ...cause, name: REDACTED })) }),
  cut: (block, cut) => ({ ...block, causes: block.causes.map((cause) => ({ ...cause, name: cut(cause.name) })) }),
}
