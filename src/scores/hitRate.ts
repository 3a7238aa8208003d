import { meanOf } from './score.ts'
import type { Score } from './score.ts'

/** The share of lists with something right among the first `k` (default 5). */
export const hitRate: Score = {
  name: 'hitRate',
  reads: 'lists',
  better: 'higher',
  range: [0, 1],
  of: meanOf(({ gains, ranked }, i, { k }) =>
    (ranked?.[i] ?? []).slice(0, k).some((id) => (gains?.[i]?.get(id) ?? 0) > 0) ? 1 : 0,
  ),
}
