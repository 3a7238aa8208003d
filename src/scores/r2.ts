import type { Score } from './score.ts'
import { difference, differenceUnit } from './squarable.ts'

/** The share of the variance that is explained; below 0 for answers worse than the mean. NaN for fewer than two cases, and where all right numbers are one. */
export const r2: Score = {
  name: 'r2',
  reads: 'numbers',
  better: 'higher',
  range: [Number.NEGATIVE_INFINITY, 1],
  of: (answered) => {
    const { truth, answers, weights } = answered
    const [first = 0, ...others] = truth.map(Number)
    // A mean of equal numbers may be rounded away from them.
    if (others.every((own) => own === first)) return Number.NaN
    // Of what numbers differ by: in a sum of large ones of small spread it would be lost.
    const unit = differenceUnit(answered, first)
    const sum = (of: (above: number, i: number) => number): number =>
      truth.reduce<number>((all, own, i) => all + (weights?.[i] ?? 1) * of(difference(Number(own), first, unit), i), 0)
    const middle = sum((above) => above) / sum(() => 1)
    const left = sum((_, i) => difference(Number(truth[i]), Number(answers[i]), unit) ** 2)
    return 1 - left / sum((above) => (above - middle) ** 2)
  },
}
