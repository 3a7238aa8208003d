import type { Block, BlockKind, BlockOf } from '../../src/results/blocks/index.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import type { Markup } from '../html/template.ts'
import type { BlockDrawing } from './block.ts'
import { curve } from './curve.ts'
import { distributions } from './distributions.ts'
import { examples } from './examples.ts'
import { matrix } from './matrix.ts'
import { number } from './number.ts'
import { rates } from './rates.ts'
import { rows } from './rows.ts'
import { trace } from './trace.ts'

/** How each kind of block is drawn. */
const drawings: { readonly [K in BlockKind]: BlockDrawing<BlockOf<K>> } = {
  rows,
  number,
  distributions,
  rates,
  examples,
  matrix,
  curve,
  trace,
}

// A document of another release may hold other kinds.
const drawingOf = ({ kind }: Block): BlockDrawing<Block> =>
  Object.hasOwn(drawings, kind) ? (drawings[kind] as BlockDrawing<Block>) : {}

/** The evidence of a result on the page: what stands under its sentences, and beside them. */
export function blocksHtml(result: CheckResult): {
  readonly under: readonly Markup[]
  readonly beside: readonly Markup[]
} {
  const draw = (beside: boolean): readonly Markup[] =>
    result.evidence
      .filter((block) => (drawingOf(block).beside === true) === beside)
      .flatMap((block) => drawingOf(block).html?.(block, result) ?? [])
  return { under: draw(false), beside: draw(true) }
}

/** The evidence of a result in Markdown, as far as no other section tells it; `text` writes text of the data. */
export function blocksMarkdown(
  result: CheckResult,
  text: (value: string, longest?: number) => string,
): readonly string[] {
  return result.evidence.flatMap((block) => drawingOf(block).markdown?.(block, text, result) ?? [])
}
