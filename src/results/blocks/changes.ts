import { columnsOfText } from '../../words/text/columns.ts'
import { countText, numberText } from '../../words/text/numbers.ts'
import { shorten, visible } from '../../words/text/visible.ts'
import type { BlockDefinition } from './block.ts'
import { cutExample, type Example, exampleLines, hiddenExample } from './examples.ts'

/** How many cases of one capability changed. */
export interface ChangesOf {
  readonly name: string
  /** @count */
  readonly cases: number
  /** @count */
  readonly broke: number
  /** @count */
  readonly fixed: number
}

/** Cases that changed one way, the first of them as examples. */
export interface ChangedCases {
  /** @count */
  readonly total: number
  /**
   * `before` is the answer of the other model, `got` that of this one.
   * @maxItems 20
   */
  readonly examples: readonly Example[]
}

/** What broke and what was fixed between two models, or two releases of one, asked the same cases. */
export interface ChangesBlock {
  readonly kind: 'changes'
  /** The model or release compared with, and this one. */
  readonly before: string
  readonly after: string
  /**
   * How many cases both answered.
   * @count
   */
  readonly cases: number
  /** Right before, wrong now. */
  readonly broke: ChangedCases
  /** Wrong before, right now. */
  readonly fixed: ChangedCases
  /** By capability. */
  readonly parts: readonly ChangesOf[]
  /** The columns whose values inputs and answers tell; default: what its result is about. */
  readonly of?: readonly string[] | 'any'
}

const SHOWN = 8
const NAME = 32

const mapped = (block: ChangesBlock, change: (example: Example) => Example): ChangesBlock => ({
  ...block,
  broke: { ...block.broke, examples: block.broke.examples.map(change) },
  fixed: { ...block.fixed, examples: block.fixed.examples.map(change) },
})

/** Cases that one model broke and fixed of what another had right. */
export const changes: BlockDefinition<ChangesBlock> = {
  lines({ broke, fixed, parts }) {
    const changed = parts.filter((part) => part.broke + part.fixed > 0)
    const left = changed.length - SHOWN
    const table = changed
      .slice(0, SHOWN)
      .map((part) => [
        shorten(visible(part.name), NAME),
        ...[part.broke, part.fixed, part.cases].map((n) => numberText(n)),
      ])
    return [
      ...(table.length > 1 ? columnsOfText([['capability', 'broke', 'fixed', 'cases'], ...table]) : []),
      ...(left > 0 ? [`  … and ${countText(left, 'more capability', 'more capabilities')}`] : []),
      ...(broke.examples.length > 0 ? [`  broke, ${countText(broke.total, 'case')}:`, ...exampleLines(broke)] : []),
      ...(fixed.examples.length > 0 ? [`  fixed, ${countText(fixed.total, 'case')}:`, ...exampleLines(fixed, 2)] : []),
    ]
  },
  brief: ({ broke, fixed }) => [`${numberText(broke.total)} broke`, `${numberText(fixed.total)} fixed`],
  columns: ({ of }, about) => of ?? about,
  hide: (block) => ({ ...mapped(block, hiddenExample), of: [] }),
  cut: (block, cut) => ({
    ...mapped(block, (example) => cutExample(example, cut)),
    parts: block.parts.map((part) => ({ ...part, name: cut(part.name) })),
  }),
  spare: (block) => ({ ...block, fixed: { ...block.fixed, examples: [] } }),
}
