import { confidences } from './reliability.ts'
import { type Answered, totalOf } from './score.ts'

/** A share of the cases that is answered, the surest first, and the share of those that is wrong. */
export interface RiskAt {
  readonly coverage: number
  readonly risk: number
}

/** Cases of one confidence, which are answered or left together: how many, or how much they count. */
interface Step {
  readonly cases: number
  readonly wrong: number
}

/** Cases by the confidence of their answer, the surest first. */
export function steps(answered: Answered): readonly Step[] {
  const { confidence, right } = confidences(answered, { positive: undefined })
  const order = Array.from(confidence, (_, i) => i).sort(
    (a, b) => (confidence[b] as number) - (confidence[a] as number),
  )
  const all: { cases: number; wrong: number }[] = []
  order.forEach((place, i) => {
    if (i === 0 || confidence[place] !== confidence[order[i - 1] as number]) all.push({ cases: 0, wrong: 0 })
    const step = all.at(-1) as { cases: number; wrong: number }
    const weight = answered.weights?.[place] ?? 1
    step.cases += weight
    step.wrong += weight * (1 - (right[place] as number))
  })
  return all
}

/** The risk-coverage curve (El-Yaniv and Wiener 2010), at each confidence that an answer has. */
export function riskCoverage(answered: Answered): readonly RiskAt[] {
  const n = totalOf(answered)
  let [cases, wrong] = [0, 0]
  return steps(answered).map((step) => {
    cases += step.cases
    wrong += step.wrong
    return { coverage: cases / n, risk: wrong / cases }
  })
}
