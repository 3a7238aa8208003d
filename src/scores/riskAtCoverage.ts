import { steps } from './riskCoverage.ts'
import type { Score } from './score.ts'

/** The share of wrong answers when only the surest are given, `coverage` of all (default 0.8); of answers as sure as each other in any order. */
export const riskAtCoverage: Score = {
  name: 'riskAtCoverage',
  reads: 'probabilities',
  better: 'lower',
  range: [0, 1],
  unweighted: 'it counts the cases one by one, the surest first',
  of: (answered, { coverage }) => {
    const most = Math.ceil(coverage * answered.truth.length - 1e-9)
    let [cases, wrong] = [0, 0]
    for (const step of steps(answered)) {
      const taken = Math.min(step.cases, most - cases)
      if (taken <= 0) break
      cases += taken
      wrong += (step.wrong * taken) / step.cases
    }
    return wrong / cases
  },
}
