import type { BlockDefinition } from './block.ts'
import { tellsOf } from './block.ts'
import { type CurveBlock, curve } from './curve.ts'
import { type DistributionsBlock, distributions } from './distributions.ts'
import { type ExamplesBlock, examples } from './examples.ts'
import { type MatrixBlock, matrix } from './matrix.ts'
import { type NumberBlock, number } from './number.ts'
import { type RatesBlock, rates } from './rates.ts'
import { type RowsBlock, rows } from './rows.ts'
import { type TraceBlock, trace } from './trace.ts'

/** A piece of evidence: what backs a verdict beside its numbers. */
export type Block =
  | RowsBlock
  | NumberBlock
  | DistributionsBlock
  | RatesBlock
  | ExamplesBlock
  | MatrixBlock
  | CurveBlock
  | TraceBlock

export type BlockKind = Block['kind']

/** The block of a kind. */
export type BlockOf<K extends BlockKind> = Extract<Block, { readonly kind: K }>

const definitions: { readonly [K in BlockKind]: BlockDefinition<BlockOf<K>> } = {
  rows,
  number,
  distributions,
  rates,
  examples,
  matrix,
  curve,
  trace,
}

const definitionOf = ({ kind }: Block): BlockDefinition<Block> => definitions[kind] as BlockDefinition<Block>

/** The first block of a kind; undefined where there is none. */
export function blockOf<K extends BlockKind>(
  { evidence }: { readonly evidence: readonly Block[] },
  kind: K,
): BlockOf<K> | undefined {
  return evidence.find((block): block is BlockOf<K> => block.kind === kind)
}

/** All blocks of a kind. */
export function blocksOf<K extends BlockKind>(
  { evidence }: { readonly evidence: readonly Block[] },
  kind: K,
): readonly BlockOf<K>[] {
  return evidence.filter((block): block is BlockOf<K> => block.kind === kind)
}

/**
 * What may be told of a block where columns are personal: no value of theirs. A block that does not say whose values it
 * tells is taken to tell those of the columns that its result is about.
 */
export function discreetBlock(block: Block, secret: ReadonlySet<string>, about: readonly string[]): Block | undefined {
  const definition = definitionOf(block)
  if (!tellsOf(definition.columns(block, about), secret)) return block
  return definition.hide?.(block, secret, about)
}

/** The block with its texts of the data cut to so many characters. */
export function cutBlock(block: Block, longest: number): Block {
  const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text)
  return definitionOf(block).cut?.(block, cut) ?? block
}

/** The block without what can be left out first. */
export function sparedBlock(block: Block): Block {
  return definitionOf(block).spare?.(block) ?? block
}

/** Whether the block stays when the rest of a result is too large to report. */
export function isCore(block: Block): boolean {
  return definitionOf(block).core === true
}
