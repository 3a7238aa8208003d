import { aucError } from './aucError.ts'
import { boostedTrees } from './boostedTrees.ts'
import { mannWhitney } from './mannWhitney.ts'
import { seeded } from './random.ts'

/** How well a classifier tells from which of two samples a row is. */
export interface Separation {
  /** Area under the ROC curve over rows that it did not learn from; 0.5 by chance. */
  readonly auc: number
  readonly error: number
  /** By feature, its part of what the classifier learned. */
  readonly parts: readonly number[]
}

const FOLDS = 4

/**
 * Learns to tell two samples apart, by boosted trees, and measures it on rows that were not learned from: each quarter is
 * scored by trees of the other three (cross-fitting). AUC is the mean of the quarters', with DeLong's error of each.
 * Classes weigh the same. `features` hold a bin for each row, those of the first sample (`n`) first. Seeded: the same rows
 * give the same numbers.
 */
export function domainClassifier(features: readonly Uint8Array[], n: number, m: number): Separation {
  const random = seeded(1)
  const labels = Uint8Array.from({ length: n + m }, (_, row) => (row < n ? 1 : 0))
  const weights = Float64Array.from(labels, (label) => (label === 1 ? (n + m) / (2 * n) : (n + m) / (2 * m)))
  const folds = new Uint8Array(n + m)
  for (const [from, count] of [
    [0, n],
    [n, m],
  ] as const) {
    const order = Uint32Array.from({ length: count }, (_, i) => i)
    for (let i = count - 1; i > 0; i--) {
      const other = Math.floor(random() * (i + 1))
      ;[order[i], order[other]] = [order[other] as number, order[i] as number]
    }
    order.forEach((row, i) => (folds[from + row] = i % FOLDS))
  }
  const gains = new Float64Array(features.length)
  let [auc, variance] = [0, 0]
  for (let fold = 0; fold < FOLDS; fold++) {
    const learned = rowsWhere(folds, (of) => of !== fold)
    const tested = rowsWhere(folds, (of) => of === fold)
    const trees = boostedTrees({ features, labels, weights }, learned, random)
    trees.gains.forEach((gain, i) => (gains[i] = (gains[i] as number) + gain))
    const scores = (label: number) =>
      Float64Array.from(
        tested.filter((row) => labels[row] === label),
        (row) => trees.score(row),
      ).sort()
    const [here, there] = [scores(1), scores(0)]
    auc += mannWhitney(here, there, { method: 'asymptotic' }).auc / FOLDS
    variance += aucError(here, there) ** 2 / FOLDS ** 2
  }
  const all = gains.reduce((sum, gain) => sum + gain, 0)
  return { auc, error: Math.sqrt(variance), parts: [...gains].map((gain) => (all > 0 ? gain / all : 0)) }
}

const rowsWhere = (folds: Uint8Array, holds: (fold: number) => boolean): Uint32Array => {
  const rows: number[] = []
  folds.forEach((fold, row) => holds(fold) && rows.push(row))
  return Uint32Array.from(rows)
}
