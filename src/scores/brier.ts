import { classes } from './classes.ts'
import { type Score, totalOf } from './score.ts'
import { sumOf } from '../stats/sumOf.ts'

/** The mean squared distance of the shares from what is right: of `positive` alone, else summed over all classes. */
export const brier: Score = {
  name: 'brier',
  reads: 'probabilities',
  better: 'lower',
  range: [0, 2],
  of: (answered, settings) => {
    const all = classes(answered, settings)
    const { weights } = answered
    const squared = all.map(({ right, scores }) =>
      scores.reduce((sum, share, i) => sum + (weights?.[i] ?? 1) * (share - Number(right[i])) ** 2, 0),
    )
    return sumOf(squared) / totalOf(answered)
  },
}
