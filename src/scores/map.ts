import { meanOf } from './score.ts'
import type { Score } from './score.ts'

/** The mean over the cases of the average precision at the places where something right stands. */
export const map: Score = {
  name: 'map',
  reads: 'lists',
  better: 'higher',
  range: [0, 1],
  of: meanOf(({ gains, ranked }, i) => {
    const own = gains?.[i] ?? new Map<string, number>()
    let hits = 0
    let sum = 0
    for (const [place, id] of (ranked?.[i] ?? []).entries()) if ((own.get(id) ?? 0) > 0) sum += ++hits / (place + 1)
    const right = [...own.values()].filter((gain) => gain > 0).length
    return right === 0 ? 0 : sum / right
  }),
}
