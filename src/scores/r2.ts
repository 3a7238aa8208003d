import type { Score } from './score.ts'

/** The share of the variance that is explained; below 0 for answers worse than the mean. NaN for fewer than two cases, and where all right numbers are one. */
export const r2: Score = {
  name: 'r2',
  reads: 'numbers',
  better: 'higher',
  range: [Number.NEGATIVE_INFINITY, 1],
  of: ({ truth, answers, weights }) => {
    const numbers = truth.map(Number)
    // A mean of equal numbers may be rounded away from them.
    if (numbers.every((own) => own === numbers[0])) return Number.NaN
    const sum = (of: (own: number, i: number) => number): number =>
      numbers.reduce((all, own, i) => all + (weights?.[i] ?? 1) * of(own, i), 0)
    const pivot = numbers[0] as number
    // Of what numbers differ by: in a sum of large ones of small spread it would be lost.
    const middle = sum((own) => own - pivot) / sum(() => 1)
    const left = sum((own, i) => (own - Number(answers[i])) ** 2)
    return 1 - left / sum((own) => (own - pivot - middle) ** 2)
  },
}
