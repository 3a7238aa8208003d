import { byLabel, confusion } from './confusion.ts'
import type { Score } from './score.ts'

/** The Matthews correlation coefficient (Gorodkin 2004 for several labels): 0 for answers that know nothing. */
export const mcc: Score = {
  name: 'mcc',
  reads: 'labels',
  better: 'higher',
  range: [-1, 1],
  of: (answered) => {
    const table = byLabel(confusion(answered))
    const sum = (of: (one: (typeof table)[number]) => number): number => table.reduce((all, one) => all + of(one), 0)
    const both = sum((one) => one.both)
    // Each in its own order of summing, so that of one label nothing at all is left.
    const [n, predicted] = [sum((one) => one.right), sum((one) => one.predicted)]
    const covariance = both * n - sum((one) => one.right * one.predicted)
    const spread = (predicted ** 2 - sum((one) => one.predicted ** 2)) * (n ** 2 - sum((one) => one.right ** 2))
    return n === 0 ? Number.NaN : spread === 0 ? 0 : covariance / Math.sqrt(spread)
  },
}
