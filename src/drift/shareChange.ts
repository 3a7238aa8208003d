import { largestShareDifference, noneChangedBy, someChangedBy, spreadForLargestShare } from '../stats/largestShare.ts'
import { normalQuantile } from '../stats/normalQuantile.ts'
import { spreadOf } from './approximately.ts'
import type { CategoryRows } from './categoryMethod.ts'

/** The largest change of a share, with its exact tests. */
export function shareChange({ here, there, sizes }: CategoryRows) {
  const counts = here.map((count, i) => [count, there[i] as number] as const)
  const effect = largestShareDifference(counts, sizes)
  const spread = spreadOf(sizes.n, sizes.m) / 2
  return {
    effect,
    over: (limit: number) => noneChangedBy(counts, sizes, effect, limit),
    under: (limit: number) => someChangedBy(counts, sizes, effect, limit),
    leastDetectable: ({ limit, level }: { readonly limit: number; readonly level: number }) =>
      Math.min(1, limit + normalQuantile(1 - level / 2) * spread),
    spreadToDecide: ({ limit, level }: { readonly limit: number; readonly level: number }) =>
      spreadForLargestShare(counts, sizes, limit, level),
  }
}
