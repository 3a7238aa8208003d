import { averagedArea } from './classes.ts'
import type { Score } from './score.ts'

function averagePrecision(right: readonly boolean[], scores: readonly number[], weights?: readonly number[]): number {
  const order = scores.map((_, i) => i).sort((a, b) => (scores[b] as number) - (scores[a] as number))
  const weight = (place: number): number => (weights ? (weights[place] as number) : 1)
  const positives = right.reduce((sum, is, place) => (is ? sum + weight(place) : sum), 0)
  let hits = 0
  let all = 0
  let area = 0
  for (let i = 0; i < order.length; ) {
    const before = hits
    let j = i
    for (; j < order.length && scores[order[j] as number] === scores[order[i] as number]; j++) {
      const place = order[j] as number
      all += weight(place)
      if (right[place]) hits += weight(place)
    }
    area += ((hits - before) / positives) * (hits / all)
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
