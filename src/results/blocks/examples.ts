import { REDACTED } from '../../dataset/personal.ts'
import { decimal, numberText } from '../../words/text/numbers.ts'
import { shorten, visible } from '../../words/text/visible.ts'
import type { BlockDefinition } from './block.ts'
import { changedSteps, type TraceStep } from './trace.ts'

/** One case of a behavioral test, as shown. */
export interface Example {
  /** What tells the case from others in every run. */
  readonly case?: string
  readonly name?: string
  readonly capability?: string
  readonly input: string
  /** The changed input of an invariance or direction test. */
  readonly perturbed?: string
  readonly expected: string
  readonly got: string
  /** Prediction for the unchanged input. */
  readonly before?: string
  /** What `score` of the block says of `got`, and of `before`. */
  readonly score?: number
  readonly scoreBefore?: number
  readonly reason?: string
  /** How the model came to its answer. */
  readonly trace?: readonly TraceStep[]
}

/** Cases that a model fails. */
export interface ExamplesBlock {
  readonly kind: 'examples'
  /** @maxItems 20 */
  readonly examples: readonly Example[]
  /**
   * How many cases fail or could not be predicted in all.
   * @count
   */
  readonly total: number
  /**
   * The `case` of each of them, in order; absent when they are more than 1,000.
   * @maxItems 1000
   */
  readonly failing?: readonly string[]
  /** What the scores of examples are: the label or the name of the score. */
  readonly score?: string
  /** The columns whose values inputs and answers tell; default: what its result is about. */
  readonly of?: readonly string[] | 'any'
}

/** Examples shown at most; the rest is counted. */
const SHOWN = 5
const LONGEST = 100

/** Failing cases: input, changed input, expected and got. */
export const examples: BlockDefinition<ExamplesBlock> = {
  lines: (block) => exampleLines(block),
  columns: ({ of }, about) => of ?? about,
  hide: ({ examples: all, total }) => ({ kind: 'examples', total, examples: all.map(hiddenExample), of: [] }),
  cut: (block, cut) => ({ ...block, examples: block.examples.map((example) => cutExample(example, cut)) }),
  spare: ({ failing: _, ...block }) => ({
    ...block,
    examples: block.examples.map(({ trace: __, ...example }) => example),
  }),
}

/** The first examples as lines, and how many more there are. */
export function exampleLines(
  { examples: all, total, score }: Pick<ExamplesBlock, 'examples' | 'total' | 'score'>,
  most = SHOWN,
): readonly string[] {
  const lines = all.slice(0, most).flatMap((example) => linesOf(example, score))
  const left = total - Math.min(all.length, most)
  return [...lines, ...(left > 0 ? [`    … and ${numberText(left)} more`] : [])]
}

function linesOf(example: Example, score: string | undefined): readonly string[] {
  const { input, perturbed, before, expected, got, reason } = example
  const moved = scoreText(example)
  return [
    `    ${long(input)}`,
    ...(perturbed === undefined ? [] : [`    → ${long(perturbed)}`]),
    `      expected ${long(expected)}, got ${long(got)}${before === undefined ? '' : ` (before: ${long(before)})`}${moved === undefined ? '' : `, ${score === undefined ? 'score' : long(score)} ${moved}`}${reason ? `: ${long(reason)}` : ''}`,
  ]
}

/** The score of an answer, after that of the answer before: `0.91 → 0.34`. */
export function scoreText({ score, scoreBefore }: Example): string | undefined {
  if (score === undefined) return undefined
  return scoreBefore === undefined
    ? decimal(score)
    : `${decimal(scoreBefore, { beside: [score] })} → ${decimal(score, { beside: [scoreBefore] })}`
}

/** An example without anything of the data: its capability alone. */
export function hiddenExample({ capability, perturbed, before }: Example): Example {
  return {
    ...(capability === undefined ? {} : { capability }),
    input: REDACTED,
    ...(perturbed === undefined ? {} : { perturbed: REDACTED }),
    expected: REDACTED,
    got: REDACTED,
    ...(before === undefined ? {} : { before: REDACTED }),
  }
}

/** An example with its texts cut. */
export function cutExample({ capability, trace, ...example }: Example, cut: (text: string) => string): Example {
  const texts = Object.entries(example).map(([name, value]) => [name, typeof value === 'string' ? cut(value) : value])
  return {
    ...(capability === undefined ? {} : { capability }),
    ...(Object.fromEntries(texts) as typeof example),
    ...(trace === undefined ? {} : { trace: changedSteps(trace, cut) }),
  }
}

const long = (text: string): string => shorten(visible(text), LONGEST)
