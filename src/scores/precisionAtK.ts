import { meanOf } from './score.ts'
import type { Score } from './score.ts'

/** Of the first `k` of the list (default 5), or of all where it is shorter, the share that is right. */
export const precisionAtK: Score = {
  name: 'precisionAtK',
  reads: 'lists',
  better: 'higher',
  range: [0, 1],
  of: meanOf(({ gains, ranked }, i, { k }) => {
    const first = (ranked?.[i] ?? []).slice(0, k)
    return first.length === 0 ? 0 : first.filter((id) => (gains?.[i]?.get(id) ?? 0) > 0).length / first.length
  }),
}
