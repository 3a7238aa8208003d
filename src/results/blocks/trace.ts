import { REDACTED } from '../../dataset/personal.ts'
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

function mapped(block: TraceBlock, change: (text: string) => string): TraceBlock {
  const steps = block.steps.map((step) => ({
    ...step,
    ...Object.fromEntries(texts.flatMap((name) => (step[name] === undefined ? [] : [[name, change(step[name])]]))),
  }))
  return { ...block, steps }
}

export const trace: BlockDefinition<TraceBlock> = {
  columns: ({ of }, about) => of ?? about,
  hide: (block) => mapped(block, () => REDACTED),
  cut: mapped,
}
