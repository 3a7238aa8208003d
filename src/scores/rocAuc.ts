import { averagedArea, pairedArea } from './classes.ts'
import type { Score } from './score.ts'

function areaUnder(right: readonly boolean[], scores: readonly number[]): number {
  const order = scores.map((_, i) => i).sort((a, b) => (scores[a] as number) - (scores[b] as number))
  let ranks = 0
  let positives = 0
  for (let i = 0; i < order.length; ) {
    let j = i
    while (j < order.length && scores[order[j] as number] === scores[order[i] as number]) j++
    for (let k = i; k < j; k++)
      if (right[order[k] as number]) {
        ranks += (i + j + 1) / 2
        positives++
      }
    i = j
  }
  const negatives = order.length - positives
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives)
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
