import type { Block, BlockKind, BlockOf } from '../../results/blocks/index.ts'
import type { BlockText } from './block.ts'
import { curve } from './curve.ts'
import { examples } from './examples.ts'
import { matrix } from './matrix.ts'
import { rows } from './rows.ts'
import { trace } from './trace.ts'

/** How each kind of block reads; what a result says in its own words needs no text more. */
const texts: { readonly [K in BlockKind]: BlockText<BlockOf<K>> } = {
  rows,
  number: {},
  distributions: {},
  rates: {},
  examples,
  matrix,
  curve,
  trace,
}

// A document of another release may hold other kinds.
const textOf = ({ kind }: Block): BlockText<Block> =>
  Object.hasOwn(texts, kind) ? (texts[kind] as BlockText<Block>) : {}

/** The block as lines of plain text; none where the result's own words say it. */
export function blockLines(block: Block): readonly string[] {
  return textOf(block).lines?.(block) ?? []
}

/** The evidence of a result in the space of a line, as far as it fits there: `n/a × 991`. */
export function blockBrief(block: Block): string | undefined {
  return textOf(block).brief?.(block)
}
