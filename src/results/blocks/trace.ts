import { REDACTED } from '../../dataset/personal.ts'
import { countText } from '../../words/text/numbers.ts'
import { milliseconds } from '../../words/text/times.ts'
import { shorten, visible } from '../../words/text/visible.ts'
import type { BlockDefinition } from './block.ts'

/** One step of an answer: a call of a model or a tool. */
export interface TraceStep {
  readonly name: string
  /**
   * How many steps it is inside of.
   * @count
   */
  readonly depth?: number
  readonly ms?: number
  readonly input?: string
  readonly output?: string
  readonly error?: string
}

/** How an answer came about, step by step. */
export interface TraceBlock {
  readonly kind: 'trace'
  readonly steps: readonly TraceStep[]
  /** The columns whose values inputs and outputs tell; default: what its result is about. */
  readonly of?: readonly string[] | 'any'
}

const texts = ['input', 'output', 'error'] as const

/** Steps with all that went in and came out changed. */
export function changedSteps(steps: readonly TraceStep[], change: (text: string) => string): readonly TraceStep[] {
  return steps.map((step) => ({
    ...step,
    ...Object.fromEntries(texts.flatMap((name) => (step[name] === undefined ? [] : [[name, change(step[name])]]))),
  }))
}

const SHOWN = 20
const LONGEST = 100
/** Steps are set in no further than this. */
const DEEPEST = 8

/** The steps of an answer, each on its line with what went in and came out under it. */
export const trace: BlockDefinition<TraceBlock> = {
  lines({ steps }) {
    const left = steps.length - SHOWN
    return [
      ...steps.slice(0, SHOWN).flatMap(stepLines),
      ...(left > 0 ? [`    … and ${countText(left, 'more step')}`] : []),
    ]
  },
  columns: ({ of }, about) => of ?? about,
  hide: (block) => ({ ...block, steps: changedSteps(block.steps, () => REDACTED) }),
  cut: (block, cut) => ({ ...block, steps: changedSteps(block.steps, cut) }),
}

function stepLines({ name, depth = 0, ms, input, output, error }: TraceStep): string[] {
  const indent = '  '.repeat(2 + Math.min(DEEPEST, Math.max(0, depth)))
  const texts = { in: input, out: output, error }
  return [
    `${indent}${shorten(visible(name), LONGEST)}${ms === undefined ? '' : ` (${milliseconds(ms)})`}`,
    ...Object.entries(texts).flatMap(([word, text]) =>
      text === undefined ? [] : [`${indent}  ${word} ${shorten(visible(text), LONGEST)}`],
    ),
  ]
}
