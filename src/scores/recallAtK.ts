import { meanOf } from './score.ts'
import type { Score } from './score.ts'

/** The share of what is right that stands among the first `k` of the list (default 5). */
export const recallAtK: Score = {
  name: 'recallAtK',
  reads: 'lists',
  better: 'higher',
  range: [0, 1],
  of: meanOf(({ gains, ranked }, i, { k }) => {
    const own = gains?.[i] ?? new Map<string, number>()
    const right = [...own].filter(([, gain]) => gain > 0)
    const first = new Set((ranked?.[i] ?? []).slice(0, k))
    return right.length === 0 ? 0 : right.filter(([id]) => first.has(id)).length / right.length
  }),
}
