import { meanOf } from './score.ts'
import type { Score } from './score.ts'

/** Normalized discounted cumulative gain of the first `k` of each list (default 5): gains count less the later they come. */
export const ndcg: Score = {
  name: 'ndcg',
  reads: 'lists',
  better: 'higher',
  range: [0, 1],
  of: meanOf(({ gains, ranked }, i, { k }) => {
    const own = gains?.[i] ?? new Map<string, number>()
    const best = [...own.values()].sort((a, b) => b - a)
    const gained = (list: readonly number[]): number =>
      list.slice(0, k).reduce((sum, gain, place) => sum + gain / Math.log2(place + 2), 0)
    const whole = gained(best)
    return whole === 0 ? 0 : gained((ranked?.[i] ?? []).map((id) => own.get(id) ?? 0)) / whole
  }),
}
