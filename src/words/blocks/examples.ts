import type { ExamplesBlock } from '../../results/blocks/examples.ts'
import { numberText } from '../text/numbers.ts'
import { shorten, visible } from '../text/visible.ts'
import type { BlockText } from './block.ts'

/** Examples shown at most; the rest is counted. */
const SHOWN = 5
const LONGEST = 100

/** Failing cases: input, changed input, expected and got. */
export const examples: BlockText<ExamplesBlock> = {
  lines({ examples: all, total }) {
    const lines = all
      .slice(0, SHOWN)
      .flatMap(({ input, perturbed, before, expected, got, reason }) => [
        `    ${long(input)}${perturbed === undefined ? '' : `\n    → ${long(perturbed)}`}`,
        `      expected ${long(expected)}, got ${long(got)}${before === undefined ? '' : ` (before: ${long(before)})`}${reason ? `: ${long(reason)}` : ''}`,
      ])
    const left = total - Math.min(all.length, SHOWN)
    return [...lines, ...(left > 0 ? [`    … and ${numberText(left)} more`] : [])]
  },
}

const long = (text: string): string => shorten(visible(text), LONGEST)
