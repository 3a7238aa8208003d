import type { Block, BlockKind, BlockOf } from '../../src/results/blocks/index.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import type { Markup } from '../html/template.ts'
import type { BlockDrawing } from './block.ts'
import * as kinds from './kinds.ts'
import { plain } from './plain.ts'

const drawings: { readonly [K in BlockKind]?: BlockDrawing<BlockOf<K>> } = kinds

// A kind without a drawing of its own, and one that another release wrote, is told by its text.
const drawingOf = ({ kind }: Block): BlockDrawing<Block> =>
  (Object.hasOwn(drawings, kind) ? (drawings[kind] as BlockDrawing<Block> | undefined) : undefined) ?? plain

/** The evidence of a result on the page, in about so many elements: what stands under its sentences, and beside them. */
export function blocksHtml(
  result: CheckResult,
  room: number,
): {
  readonly under: readonly Markup[]
  readonly beside: readonly Markup[]
} {
  const draw = (beside: boolean): readonly Markup[] =>
    result.evidence
      .filter((block) => (drawingOf(block).beside === true) === beside)
      .flatMap((block) => drawingOf(block).html?.(block, result, room) ?? [])
  return { under: draw(false), beside: draw(true) }
}

/** The evidence of a result in Markdown, as far as no other section tells it; `text` writes text of the data. */
export function blocksMarkdown(
  result: CheckResult,
  text: (value: string, longest?: number) => string,
): readonly string[] {
  return result.evidence.flatMap((block) => drawingOf(block).markdown?.(block, text, result) ?? [])
}
