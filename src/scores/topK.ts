import { labelScore } from './labelScore.ts'
import { meanOf } from './score.ts'
import type { Score } from './score.ts'

/** The share of cases whose right label is among the `k` with the greatest shares (default 5). */
export const topK: Score = {
  name: 'topK',
  reads: 'shares',
  better: 'higher',
  range: [0, 1],
  of: meanOf(({ truth, shares }, i, { k }) => {
    const own = shares?.[i] ?? {}
    const right = labelScore(own, String(truth[i]))
    // Among equals the right one comes last.
    const before = Object.entries(own).filter(([label, share]) => label !== String(truth[i]) && share >= (right ?? 0))
    return right !== undefined && before.length < k ? 1 : 0
  }),
}
