import { REDACTED } from '../../dataset/personal.ts'
import type { BlockDefinition } from './block.ts'

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
  readonly reason?: string
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
  /** The columns whose values inputs and answers tell; default: what its result is about. */
  readonly of?: readonly string[] | 'any'
}

export const examples: BlockDefinition<ExamplesBlock> = {
  columns: ({ of }, about) => of ?? about,
  hide: ({ examples: all, total }) => ({
    kind: 'examples',
    total,
    examples: all.map(({ capability, perturbed, before }) => ({
      ...(capability === undefined ? {} : { capability }),
      input: REDACTED,
      ...(perturbed === undefined ? {} : { perturbed: REDACTED }),
      expected: REDACTED,
      got: REDACTED,
      ...(before === undefined ? {} : { before: REDACTED }),
    })),
    of: [],
  }),
  cut: (block, cut) => ({
    ...block,
    examples: block.examples.map(({ capability, ...texts }) => ({
      ...(capability === undefined ? {} : { capability }),
      ...(Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, cut(text)])) as typeof texts),
    })),
  }),
  spare: ({ failing: _, ...block }) => block,
}
