import { type Block, type BlockKind, type BlockOf, blockOf } from '../../src/results/blocks/index.ts'
import type { PassRate } from '../../src/results/blocks/rates.ts'

type Backed = { readonly evidence: readonly Block[] } | undefined

const first = <K extends BlockKind>(result: Backed, kind: K): BlockOf<K> | undefined => result && blockOf(result, kind)

/** The failing rows of a result. */
export const rowsOf = (result: Backed): BlockOf<'rows'> | undefined => first(result, 'rows')
/** The number that was measured, with its interval and limit. */
export const numberOf = (result: Backed): BlockOf<'number'> | undefined => first(result, 'number')
export const chartOf = (result: Backed): BlockOf<'distributions'> | undefined => first(result, 'distributions')
export const ratesOf = (result: Backed): BlockOf<'rates'> | undefined => first(result, 'rates')
export const overallOf = (result: Backed): PassRate | undefined => ratesOf(result)?.overall
export const examplesOf = (result: Backed): BlockOf<'examples'> | undefined => first(result, 'examples')

/** The result with its block of the kind changed. */
export function changed<K extends BlockKind, R extends NonNullable<Backed>>(
  result: R,
  kind: K,
  change: Partial<BlockOf<K>>,
): R {
  return {
    ...result,
    evidence: result.evidence.map((block) => (block.kind === kind ? { ...block, ...change } : block)),
  }
}
