/** Where the distribution functions of two samples differ most. */
export interface LargestGap {
  /** n·m times the largest difference of the distribution functions, of n and m values: a whole number. */
  readonly gap: number
  /** The first value at which they differ as much; NaN where they never do. */
  readonly location: number
}

/** Values of the longer sample that are skipped together. */
const STRIDE = 64

/**
 * The largest difference of the distribution functions of two sorted samples without NaN. Between two places it is at most what
 * the counts at both allow, so only stretches in which it may be largest are looked through: of many values few.
 */
export function largestGap(a: Float64Array, b: Float64Array): LargestGap {
  const [n, m] = [a.length, b.length]
  const [long, short] = n >= m ? [a, b] : [b, a]
  const count = Math.floor(long.length / STRIDE)
  const ends = [new Int32Array(count + 1), new Int32Array(count + 1)] as const
  const [ofLong, ofShort] = ends
  let least = 0
  for (let k = 0; k < count; k++) {
    const value = long[(k + 1) * STRIDE - 1] as number
    const i = after(long, value, (k + 1) * STRIDE)
    const j = after(short, value, k === 0 ? 0 : (ofShort[k - 1] as number))
    ofLong[k] = i
    ofShort[k] = j
    least = Math.max(least, Math.abs(i * short.length - j * long.length))
  }
  ofLong[count] = long.length
  ofShort[count] = short.length
  const [ofA, ofB] = n >= m ? ends : [ofShort, ofLong]
  let i = 0
  let j = 0
  let gap = 0
  let location = Number.NaN
  for (let k = 0; k <= count; k++) {
    const endA = ofA[k] as number
    const endB = ofB[k] as number
    if (Math.max(endA * m - j * n, endB * n - i * m) < least) {
      i = endA
      j = endB
      continue
    }
    while ((i < endA || j < endB) && i < n && j < m) {
      const x = Math.min(a[i] as number, b[j] as number)
      while (i < n && a[i] === x) i++
      while (j < m && b[j] === x) j++
      const difference = Math.abs(i * m - j * n)
      if (difference > gap) {
        gap = difference
        location = x
      }
    }
  }
  return { gap, location }
}

/** The index after the last of the sorted values that is at most `value`, at `from` or later: in steps that double, then halve. */
function after(sorted: Float64Array, value: number, from: number): number {
  let low = from
  let step = 1
  while (low + step <= sorted.length && (sorted[low + step - 1] as number) <= value) {
    low += step
    step *= 2
  }
  let high = Math.min(sorted.length, low + step - 1)
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) <= value) low = middle + 1
    else high = middle
  }
  return low
}
