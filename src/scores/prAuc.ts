import { averagedArea } from './classes.ts'
import type { Score } from './score.ts'

function averagePrecision(right: readonly boolean[], scores: readonly number[]): number {
  const order = scores.map((_, i) => i).sort((a, b) => (scores[b] as number) - (scores[a] as number))
  const positives = right.filter(Boolean).length
  let hits = 0
  let area = 0
  for (let i = 0; i < order.length; ) {
    const before = hits
    let j = i
    for (; j < order.length && scores[order[j] as number] === scores[order[i] as number]; j++)
      if (right[order[j] as number]) hits++
    area += ((hits - before) / positives) * (hits / j)
    i = j
  }
  return positives === 0 ? Number.NaN : area
}

/** The average precision over all thresholds, weighted by the recall each adds: of `positive`, else averaged over all classes (`average`). */
export const prAuc: Score = {
  name: 'prAuc',
  reads: 'shares',
  better: 'higher',
  range: [0, 1],
  of: (answered, settings) => averagedArea(answered, settings, averagePrecision),
}
