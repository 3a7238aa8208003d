import { eachStretch, next } from './merged.ts'

/** How two sorted samples lie apart: the area between their distribution functions, by height. */
export interface Area {
  /** Wasserstein's distance W1: the whole area, in the unit of the values. */
  readonly distance: number
  /** `widths[i]`: over how long a stretch the functions differ by i / (length - 1) or a little more. */
  readonly widths: Float64Array
}

const HEIGHTS = 4096

/** The area between the distribution functions of two sorted samples of finite values; 0 for an empty one. */
export function areaBetween(a: Float64Array, b: Float64Array): Area {
  const widths = new Float64Array(HEIGHTS + 1)
  if (a.length * b.length === 0) return { distance: 0, widths }
  const way: Way = { i: 0, j: 0, at: Math.min(a[0] as number, b[0] as number), distance: 0 }
  eachStretch(a, b, (steps) => goOn(way, a, b, steps, widths))
  return { distance: way.distance, widths }
}

/** How far the way through both samples has come: values of each, the last value, and the area so far. */
interface Way {
  i: number
  j: number
  at: number
  distance: number
}

/** So many values, one a step, without a branch on which side it is of: that would be guessed wrong every other time. */
function goOn(way: Way, a: Float64Array, b: Float64Array, steps: number, widths: Float64Array): void {
  const [n, m] = [a.length, b.length]
  let { i, j, at, distance } = way
  let place = 0
  let width = widths[0] as number
  for (let step = 0; step < steps; step++) {
    const x = i < n ? (a[i] as number) : Number.POSITIVE_INFINITY
    const y = j < m ? (b[j] as number) : Number.POSITIVE_INFINITY
    const first = Number(x <= y)
    next[0] = y
    next[1] = x
    const value = next[first] as number
    const length = value - at
    const height = Math.abs(i / n - j / m)
    const now = (height * HEIGHTS) | 0
    if (now !== place) {
      widths[place] = width
      width = widths[now] as number
      place = now
    }
    distance += height * length
    width += length
    at = value
    i += first
    j += 1 - first
  }
  widths[place] = width
  Object.assign(way, { i, j, at, distance })
}

/**
 * p of "the populations' W1 is at most `limit`": where the samples' functions differ by h, those of the populations
 * differ by h - c or more, everywhere at once, but with probability 2 exp(-2 c² nm / (n + m)) (Dvoretzky, Kiefer and
 * Wolfowitz; Massart 1990; Wei and Dudley 2012). The c at which what is left of the area is the limit.
 */
export function areaAtMost({ widths }: Area, n: number, m: number, limit: number): number {
  // From the top down: the area above height c grows as c falls.
  let [area, length] = [0, 0]
  for (let i = HEIGHTS; i > 0; i--) {
    length += widths[i] as number
    const more = area + length / HEIGHTS
    if (more > limit) {
      const c = i / HEIGHTS - (limit - area) / length
      return Math.min(1, 2 * Math.exp((-2 * c * c * n * m) / (n + m)))
    }
    area = more
  }
  return 1
}
