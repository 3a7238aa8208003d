import type { TraceBlock, TraceStep } from '../../results/blocks/trace.ts'
import { countText } from '../text/numbers.ts'
import { milliseconds } from '../text/times.ts'
import { shorten, visible } from '../text/visible.ts'
import type { BlockText } from './block.ts'

const SHOWN = 20
const LONGEST = 100
/** Steps are set in no further than this. */
const DEEPEST = 8

/** The steps of an answer, each on its line with what went in and came out under it. */
export const trace: BlockText<TraceBlock> = {
  lines({ steps }) {
    const left = steps.length - SHOWN
    return [
      ...steps.slice(0, SHOWN).flatMap(stepLines),
      ...(left > 0 ? [`    … and ${countText(left, 'more step')}`] : []),
    ]
  },
}

function stepLines({ name, depth = 0, ms, input, output, error }: TraceStep): string[] {
  const indent = '  '.repeat(2 + Math.min(DEEPEST, Math.max(0, depth)))
  const said = { in: input, out: output, error }
  return [
    `${indent}${shorten(visible(name), LONGEST)}${ms === undefined ? '' : ` (${milliseconds(ms)})`}`,
    ...Object.entries(said).flatMap(([word, text]) =>
      text === undefined ? [] : [`${indent}  ${word} ${shorten(visible(text), LONGEST)}`],
    ),
  ]
}
