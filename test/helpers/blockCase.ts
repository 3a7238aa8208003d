import type { BlockKind, BlockOf } from '../../src/results/blocks/index.ts'

/** A number of the data, as a canary. */
export const VALUE = 7391826

/** A block that tells a text of the data wherever its kind can, and how it is drawn where that text is "plain". */
export interface BlockCase<K extends BlockKind> {
  block(text: string): BlockOf<K>
  readonly html: RegExp
  readonly markdown?: RegExp
  readonly message?: RegExp
}
