import { effectiveSize } from '../stats/effectiveSize.ts'
import { labelScore } from './labelScore.ts'
import { type Answered, type ScoreSettings, totalOf } from './score.ts'

/** Cases of like confidence: how sure the model was, and how often it was right. */
export interface ReliabilityBin {
  readonly cases: number
  /** How much they count, and as how many cases of one weight they tell as much. */
  readonly weight: number
  readonly effective: number
  /** The mean confidence; NaN without cases. */
  readonly confidence: number
  /** The share of cases for which it was right. */
  readonly accuracy: number
}

/** How sure the model was of each case, and whether it was right: of `positive`, else of its answer. */
export function confidences(
  { truth, answers, shares = [] }: Answered,
  { positive }: Pick<ScoreSettings, 'positive'>,
): { readonly confidence: Float64Array; readonly right: Uint8Array } {
  const confidence = new Float64Array(truth.length)
  const right = new Uint8Array(truth.length)
  for (let i = 0; i < truth.length; i++) {
    const label = positive ?? String(answers[i])
    confidence[i] = labelScore(shares[i], label) ?? 0
    right[i] = String(truth[i]) === label ? 1 : 0
  }
  return { confidence, right }
}

/** Bins of one width, each with its upper edge, the first with both, as scikit-learn's `calibration_curve` has them. */
export function reliability(answered: Answered, settings: ScoreSettings): readonly ReliabilityBin[] {
  const { bins } = settings
  const { confidence, right } = confidences(answered, settings)
  const edge = (i: number): number => (i === bins ? 1 : i * (1 / bins))
  const sums = Array.from({ length: bins }, () => ({ cases: 0, weight: 0, squares: 0, confidence: 0, right: 0 }))
  for (let i = 0; i < confidence.length; i++) {
    const sure = confidence[i] as number
    let at = Math.min(bins - 1, Math.max(0, Math.ceil(sure * bins) - 1))
    // A product may be rounded over an edge.
    while (at < bins - 1 && sure > edge(at + 1)) at++
    while (at > 0 && sure <= edge(at)) at--
    const bin = sums[at] as (typeof sums)[number]
    const weight = answered.weights?.[i] ?? 1
    bin.cases++
    bin.weight += weight
    bin.squares += weight * weight
    bin.confidence += weight * sure
    bin.right += weight * (right[i] as number)
  }
  return sums.map(({ cases, weight, squares, confidence: sure, right: hits }) => ({
    cases,
    weight,
    effective: effectiveSize(weight, squares),
    confidence: sure / weight,
    accuracy: hits / weight,
  }))
}

/** A mean over the bins, weighted by how much their cases count, of how far confidence lies above accuracy; NaN without cases. */
export function meanGap(answered: Answered, settings: ScoreSettings, of: (gap: number) => number): number {
  const filled = reliability(answered, settings).filter(({ cases }) => cases > 0)
  const sum = filled.reduce((all, { weight, confidence, accuracy }) => all + weight * of(confidence - accuracy), 0)
  return sum / totalOf(answered)
}
