import { boostedTrees } from './boostedTrees.ts'
import { crossFitted } from './crossFitted.ts'
import { sumOf } from './sumOf.ts'

/** How well a classifier tells from which of two samples a row is. */
export interface Separation {
  /** Area under the ROC curve over rows that it did not learn from; 0.5 by chance. */
  readonly auc: number
  readonly error: number
  /** By feature, its part of what the classifier learned. */
  readonly parts: readonly number[]
}

/** Learns to tell two samples apart, by boosted trees. `features` hold a bin for each row, those of the first sample (`n`) first. */
export function domainClassifier(features: readonly Uint8Array[], n: number, m: number): Separation {
  const gains = new Float64Array(features.length)
  const { auc, error } = crossFitted(n, m, (data, rows, random) => {
    const trees = boostedTrees({ features, ...data }, rows, random)
    trees.gains.forEach((gain, i) => (gains[i] = (gains[i] as number) + gain))
    return (row) => trees.score(row)
  })
  const all = sumOf(gains)
  return { auc, error, parts: [...gains].map((gain) => (all > 0 ? gain / all : 0)) }
}
