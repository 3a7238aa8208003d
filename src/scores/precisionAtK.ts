import { meanOf } from './score.ts'
import type { Score } from './score.ts'

/** The share of the first `k` places (default 5) that something right has: places of a shorter list are empty. As trec_eval's P_k. */
export const precisionAtK: Score = {
  name: 'precisionAtK',
  reads: 'lists',
  better: 'higher',
  range: [0, 1],
  of: meanOf(
    ({ gains, ranked }, i, { k }) =>
      (ranked?.[i] ?? []).slice(0, k).filter((id) => (gains?.[i]?.get(id) ?? 0) > 0).length / k,
  ),
}
