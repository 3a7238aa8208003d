import { type BlockDefinition, tellsOf } from './block.ts'
import * as kinds from './kinds.ts'

type Kinds = typeof kinds

/** A piece of evidence: what backs a verdict beside its numbers. */
export type Block = { readonly [K in keyof Kinds]: Kinds[K] extends BlockDefinition<infer B> ? B : never }[keyof Kinds]

/** What a block of evidence is, as its field `kind` says it. */
export type BlockKind = Block['kind']

/** The block of a kind. */
export type BlockOf<K extends BlockKind> = Extract<Block, { readonly kind: K }>

const definitions: { readonly [K in BlockKind]: BlockDefinition<BlockOf<K>> } = kinds

// A document of another release may hold other kinds.
const definitionOf = ({ kind }: Block): BlockDefinition<Block> | undefined =>
  Object.hasOwn(definitions, kind) ? (definitions[kind] as BlockDefinition<Block>) : undefined

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
  if (definition === undefined) return secret.size > 0 ? undefined : block
  if (!tellsOf(definition.columns(block, about), secret)) return block
  return definition.hide?.(block, secret, about)
}

/** The block with its texts of the data cut to so many characters. */
export function cutBlock(block: Block, longest: number): Block {
  const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text)
  return definitionOf(block)?.cut?.(block, cut) ?? block
}

/** The block without what can be left out first. */
export function sparedBlock(block: Block): Block {
  return definitionOf(block)?.spare?.(block) ?? block
}

/** What is left of a block where a run has too many: all of one that is core, the least of another; undefined for nothing. */
export function leastBlock(block: Block): Block | undefined {
  return isCore(block) ? block : definitionOf(block)?.least?.(block)
}

/** Whether the block stays when the rest of a result is too large to report. */
export function isCore(block: Block): boolean {
  return definitionOf(block)?.core === true
}

/** The block as lines of plain text; none where the result's own words say it. */
export function blockLines(block: Block): readonly string[] {
  return definitionOf(block)?.lines?.(block) ?? []
}

/** What of the block has room in a line: `n/a × 991`, `missing × 81`. */
export function blockBrief(block: Block): readonly string[] | undefined {
  return definitionOf(block)?.brief?.(block)
}
