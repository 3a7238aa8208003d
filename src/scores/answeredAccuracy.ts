import type { Score } from './score.ts'

/** The share of right labels among the cases that the model answers: all but those it gives the label `abstain`. NaN where it answers none. */
export const answeredAccuracy: Score = {
  name: 'answeredAccuracy',
  reads: 'labels',
  better: 'higher',
  range: [0, 1],
  needs: 'abstain',
  of: ({ truth, answers, weights }, { abstain }) => {
    let [answered, right] = [0, 0]
    for (let i = 0; i < truth.length; i++) {
      if (answers[i] === abstain) continue
      const weight = weights?.[i] ?? 1
      answered += weight
      if (answers[i] === truth[i]) right += weight
    }
    return right / answered
  },
}
