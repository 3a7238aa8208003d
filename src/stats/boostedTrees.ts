/** What trees learn from: features in bins, and which of two classes each row is of. */
export interface BinnedFeatures {
  /** The bin of each row, by feature; fewer than 256 bins. */
  readonly features: readonly Uint8Array[]
  readonly labels: Uint8Array
  /** What each row weighs. */
  readonly weights: Float64Array
}

/** Trees added up: the log odds that a row is of class 1. */
export interface Boosted {
  score(row: number): number
  /** By feature what its splits gained. */
  readonly gains: Float64Array
}

const TREES = 50
const DEPTH = 3
const RATE = 0.2
/** Of the squared leaf values (Chen and Guestrin 2016). */
const PENALTY = 1
const LEAST_WEIGHT = 5
/** Features that a tree looks at. */
const MOST_FEATURES = 24
const BINS = 256

interface Split {
  readonly feature: number
  /** Bins up to it go left. */
  readonly bin: number
  readonly gain: number
}

/**
 * Gradient boosted trees for the logistic loss, by histograms of bins (Friedman 2001; Chen and Guestrin 2016): 50 trees of
 * depth 3. A node is split though nothing is gained yet, since what two features say together neither says alone. Of many
 * features each tree looks at 24, drawn by `random`.
 */
export function boostedTrees(data: BinnedFeatures, rows: Uint32Array, random: () => number): Boosted {
  const { features, labels, weights } = data
  const scores = new Float64Array(labels.length)
  const gains = new Float64Array(features.length)
  const trees: Node[] = []
  const gradient = new Float64Array(labels.length)
  const curvature = new Float64Array(labels.length)
  for (let tree = 0; tree < TREES; tree++) {
    for (const row of rows) {
      const p = 1 / (1 + Math.exp(-(scores[row] as number)))
      const weight = weights[row] as number
      gradient[row] = weight * (p - (labels[row] as number))
      curvature[row] = weight * p * (1 - p)
    }
    const root = grown(rows, { features, gradient, curvature, looked: drawn(features.length, random), gains }, DEPTH)
    trees.push(root)
    for (const row of rows) scores[row] = (scores[row] as number) + valueOf(root, features, row)
  }
  return { gains, score: (row) => trees.reduce((sum, tree) => sum + valueOf(tree, features, row), 0) }
}

type Node =
  | { readonly value: number }
  | { readonly feature: number; readonly bin: number; readonly left: Node; readonly right: Node }

function valueOf(tree: Node, features: readonly Uint8Array[], row: number): number {
  let node = tree
  while ('feature' in node)
    node = ((features[node.feature] as Uint8Array)[row] as number) <= node.bin ? node.left : node.right
  return node.value
}

interface Growing {
  readonly features: readonly Uint8Array[]
  readonly gradient: Float64Array
  readonly curvature: Float64Array
  readonly looked: readonly number[]
  readonly gains: Float64Array
}

function grown(rows: Uint32Array, growing: Growing, depth: number): Node {
  const { features, gradient, curvature, gains } = growing
  let [g, h] = [0, 0]
  for (const row of rows) {
    g += gradient[row] as number
    h += curvature[row] as number
  }
  const split = depth > 0 ? bestSplit(rows, growing, g, h) : undefined
  if (!split) return { value: (-RATE * g) / (h + PENALTY) }
  const { feature, bin, gain } = split
  gains[feature] = (gains[feature] as number) + Math.max(0, gain)
  const of = features[feature] as Uint8Array
  const left = rows.filter((row) => (of[row] as number) <= bin)
  const right = rows.filter((row) => (of[row] as number) > bin)
  return { feature, bin, left: grown(left, growing, depth - 1), right: grown(right, growing, depth - 1) }
}

const sums = new Float64Array(2 * BINS)

function bestSplit(
  rows: Uint32Array,
  { features, gradient, curvature, looked }: Growing,
  g: number,
  h: number,
): Split | undefined {
  const worth = (a: number, b: number) => (a * a) / (b + PENALTY)
  const whole = worth(g, h)
  let best: Split | undefined
  for (const feature of looked) {
    const of = features[feature] as Uint8Array
    sums.fill(0)
    for (const row of rows) {
      const at = 2 * (of[row] as number)
      sums[at] = (sums[at] as number) + (gradient[row] as number)
      sums[at + 1] = (sums[at + 1] as number) + (curvature[row] as number)
    }
    let [left, weight] = [0, 0]
    for (let bin = 0; bin < BINS - 1; bin++) {
      left += sums[2 * bin] as number
      weight += sums[2 * bin + 1] as number
      if (weight < LEAST_WEIGHT || sums[2 * bin + 1] === 0) continue
      if (h - weight < LEAST_WEIGHT) break
      const gain = worth(left, weight) + worth(g - left, h - weight) - whole
      if (!best || gain > best.gain) best = { feature, bin, gain }
    }
  }
  return best
}

/** Some features, each with the same chance; all where there are few. */
function drawn(count: number, random: () => number): readonly number[] {
  const all = Array.from({ length: count }, (_, i) => i)
  if (count <= MOST_FEATURES) return all
  for (let i = 0; i < MOST_FEATURES; i++) {
    const other = i + Math.floor(random() * (count - i))
    ;[all[i], all[other]] = [all[other] as number, all[i] as number]
  }
  return all.slice(0, MOST_FEATURES)
}
