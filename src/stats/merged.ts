/**
 * Values that are looked at in one call: a loop of a short function that is called often is compiled early, and once, where
 * one through a million values is half over until then.
 */
export const BLOCK = 4096

/** Values of two sorted samples in one order, those of the first before equal ones of the second. */
export interface MergedBlock {
  readonly values: Float64Array
  /** How many values of the first sample stand before each, and before what comes after the last. */
  readonly ofFirst: Int32Array
  /** How many values of both stand before the block. */
  readonly start: number
}

/** Goes through two sorted samples of finite values together, a block at a time, which is good until the next one. */
export function eachMerged(a: Float64Array, b: Float64Array, look: (block: MergedBlock) => void): void {
  const total = a.length + b.length
  const [values, ofFirst] = [new Float64Array(BLOCK), new Int32Array(BLOCK + 1)]
  let first = 0
  for (let start = 0; start < total; start += BLOCK) {
    const block = { values: values.subarray(0, total - start), ofFirst: ofFirst.subarray(0, total - start + 1), start }
    first = merge(a, b, first, block)
    look(block)
  }
}

/** Fills a block from the value after so many of the first sample on; how many there are then. */
function merge(a: Float64Array, b: Float64Array, from: number, { values, ofFirst, start }: MergedBlock): number {
  let [i, j] = [from, start - from]
  // Without a branch on which side a value is of: that would be guessed wrong every other time.
  for (let k = 0; k < values.length; k++) {
    const x = i < a.length ? (a[i] as number) : Number.POSITIVE_INFINITY
    const y = j < b.length ? (b[j] as number) : Number.POSITIVE_INFINITY
    values[k] = Math.min(x, y)
    ofFirst[k] = i
    const first = Number(x <= y)
    i += first
    j += 1 - first
  }
  ofFirst[values.length] = i
  return i
}
