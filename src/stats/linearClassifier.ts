import { crossFitted } from './crossFitted.ts'
import { shuffle } from './random.ts'

/** Rows of numbers of which most are 0: the columns of each row's other ones, and their values. */
export interface SparseRows {
  readonly columns: Uint32Array
  readonly values: Float64Array
  /** Where each row begins, and where the last one ends. */
  readonly starts: Uint32Array
  readonly width: number
}

/** How well a linear classifier tells two samples apart, and what it tells them by. */
export interface LinearSeparation {
  readonly auc: number
  readonly error: number
  /** By column, its weight: over 0 where it speaks for the first sample. */
  readonly weights: Float64Array
}

const PASSES = 10
const STEP = 0.5
/** Of the squared weights. */
const PENALTY = 1e-5

/**
 * Learns to tell the first `n` rows from the others by logistic regression, with steps that shrink by column (AdaGrad, Duchi,
 * Hazan and Singer 2011), cross-fitted. Columns should be of like spread. Seeded.
 */
export function linearClassifier(rows: SparseRows, n: number): LinearSeparation {
  const all = new Float64Array(rows.width)
  const { auc, error } = crossFitted(n, rows.starts.length - 1 - n, ({ labels, weights }, learned, random) => {
    const weight = new Float64Array(rows.width)
    const squares = new Float64Array(rows.width)
    let [bias, biasSquares] = [0, 0]
    const order = learned.slice()
    const { columns, values, starts } = rows
    const score = (row: number) => {
      let sum = bias
      for (let at = starts[row] as number; at < (starts[row + 1] as number); at++)
        sum += (weight[columns[at] as number] as number) * (values[at] as number)
      return sum
    }
    for (let pass = 0; pass < PASSES; pass++) {
      shuffle(order, random)
      for (const row of order) {
        const p = 1 / (1 + Math.exp(-score(row)))
        const slope = (weights[row] as number) * (p - (labels[row] as number))
        biasSquares += slope * slope
        bias -= (STEP * slope) / (1e-8 + Math.sqrt(biasSquares))
        for (let at = starts[row] as number; at < (starts[row + 1] as number); at++) {
          const column = columns[at] as number
          const own = slope * (values[at] as number) + PENALTY * (weight[column] as number)
          squares[column] = (squares[column] as number) + own * own
          weight[column] = (weight[column] as number) - (STEP * own) / (1e-8 + Math.sqrt(squares[column] as number))
        }
      }
    }
    weight.forEach((value, column) => (all[column] = (all[column] as number) + value))
    return score
  })
  return { auc, error, weights: all }
}
