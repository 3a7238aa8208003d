import { riskCoverage } from './riskCoverage.ts'
import type { Score } from './score.ts'

/** The greatest share of cases that can be answered, the surest first, with at most `risk` of the answers wrong (default 0.05); 0 where there is none. */
export const coverageAtRisk: Score = {
  name: 'coverageAtRisk',
  reads: 'probabilities',
  better: 'higher',
  range: [0, 1],
  of: (answered, { risk }) =>
    answered.truth.length === 0
      ? Number.NaN
      : riskCoverage(answered).reduce((best, point) => (point.risk <= risk ? point.coverage : best), 0),
}
