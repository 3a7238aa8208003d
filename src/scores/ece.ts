import type { Score } from './score.ts'

/** The expected calibration error: how far the share given to the answer lies from how often it is right, over bins of one width (default ten), weighted by their cases. */
export const ece: Score = {
  name: 'ece',
  reads: 'shares',
  better: 'lower',
  range: [0, 1],
  of: ({ truth, answers, shares = [] }, { bins }) => {
    const sums = Array.from({ length: bins }, () => ({ confidence: 0, right: 0 }))
    for (let i = 0; i < truth.length; i++) {
      const confidence = shares[i]?.[String(answers[i])] ?? 0
      const bin = sums[Math.min(bins - 1, Math.max(0, Math.ceil(confidence * bins) - 1))]
      if (!bin) continue
      bin.confidence += confidence
      if (truth[i] === answers[i]) bin.right++
    }
    return truth.length === 0
      ? Number.NaN
      : sums.reduce((sum, { confidence, right }) => sum + Math.abs(confidence - right), 0) / truth.length
  },
}
