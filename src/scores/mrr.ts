import { meanOf } from './score.ts'
import type { Score } from './score.ts'

/** The mean over the cases of one through the place of the first thing that is right; 0 where there is none. */
export const mrr: Score = {
  name: 'mrr',
  reads: 'lists',
  better: 'higher',
  range: [0, 1],
  of: meanOf(({ gains, ranked }, i) => {
    const place = (ranked?.[i] ?? []).findIndex((id) => (gains?.[i]?.get(id) ?? 0) > 0)
    return place < 0 ? 0 : 1 / (place + 1)
  }),
}
