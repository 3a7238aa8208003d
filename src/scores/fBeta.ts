import { byLabel, confusion } from './confusion.ts'
import { type Answered, type ScoreSettings, totalOf } from './score.ts'

interface Counts {
  readonly both: number
  readonly right: number
  readonly predicted: number
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

/** Precision, recall and what lies between them, of one label; 0 where nothing was said, or nothing was right. */
export const ofCounts = {
  precision: ({ both, predicted }: Counts) => share(both, predicted),
  recall: ({ both, right }: Counts) => share(both, right),
  fBeta: ({ both, right, predicted }: Counts, beta: number) =>
    share((1 + beta ** 2) * both, beta ** 2 * right + predicted),
}

/** One number of several labels, as scikit-learn averages them. */
export function averaged(
  answered: Answered,
  { average, positive, beta }: ScoreSettings,
  of: (counts: Counts, beta: number) => number,
): number {
  const labels = byLabel(confusion(answered))
  if (labels.length === 0) return Number.NaN
  if (average === 'binary') {
    const own = labels.find(({ label }) => label === positive)
    return own ? of(own, beta) : 0
  }
  if (average === 'micro') {
    const sum = (name: keyof Counts): number => labels.reduce((total, one) => total + one[name], 0)
    return of({ both: sum('both'), right: sum('right'), predicted: sum('predicted') }, beta)
  }
  if (average === 'macro') return labels.reduce((sum, one) => sum + of(one, beta), 0) / labels.length
  return labels.reduce((sum, one) => sum + one.right * of(one, beta), 0) / totalOf(answered)
}
