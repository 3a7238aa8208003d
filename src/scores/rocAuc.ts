import { averagedArea, pairedArea } from './classes.ts'
import type { Score } from './score.ts'

function areaUnder(right: readonly boolean[], scores: readonly number[], weights?: readonly number[]): number {
  const order = scores.map((_, i) => i).sort((a, b) => (scores[a] as number) - (scores[b] as number))
  // Pairs of one that is of the class and one that is not, in which it scores higher; a tie is half of one.
  let pairs = 0
  let positives = 0
  let negatives = 0
  for (let i = 0; i < order.length; ) {
    let [own, others] = [0, 0]
    let j = i
    for (; j < order.length && scores[order[j] as number] === scores[order[i] as number]; j++) {
      const place = order[j] as number
      const weight = weights ? (weights[place] as number) : 1
      if (right[place]) own += weight
      else others += weight
    }
    pairs += own * (negatives + others / 2)
    positives += own
    negatives += others
    i = j
  }
  return pairs / (positives * negatives)
}

/** The chance that a case of a class scores above one that is not of it, ties counting half: of `positive`, else averaged over all classes (`average`), or over every two of them (`multiClass: 'ovo'`). NaN where a class has no case, or all. */
export const rocAuc: Score = {
  name: 'rocAuc',
  reads: 'shares',
  better: 'higher',
  range: [0, 1],
  of: (answered, settings) =>
    settings.positive === undefined && settings.multiClass === 'ovo'
      ? pairedArea(answered, settings, areaUnder)
      : averagedArea(answered, settings, areaUnder),
}
