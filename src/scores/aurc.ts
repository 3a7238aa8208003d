import { steps } from './riskCoverage.ts'
import type { Score } from './score.ts'

/** The area under the risk-coverage curve (Geifman et al. 2019): the mean share of wrong answers among the 1, 2, … surest; of answers as sure as each other in any order. */
export const aurc: Score = {
  name: 'aurc',
  reads: 'probabilities',
  better: 'lower',
  range: [0, 1],
  unweighted: 'it counts the cases one by one, the surest first',
  of: (answered) => {
    let [cases, wrong, area] = [0, 0, 0]
    for (const step of steps(answered)) {
      for (let i = 1; i <= step.cases; i++) area += (wrong + (step.wrong * i) / step.cases) / (cases + i)
      cases += step.cases
      wrong += step.wrong
    }
    return area / answered.truth.length
  },
}
