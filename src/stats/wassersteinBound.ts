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
  const [n, m] = [a.length, b.length]
  if (n * m === 0) return { distance: 0, widths }
  let [i, j, distance] = [0, 0, 0]
  let at = Math.min(a[0] as number, b[0] as number)
  // One value a step, without a branch on which side it is of: that would be guessed wrong every other time.
  for (let step = 0; step < n + m; step++) {
    const x = i < n ? (a[i] as number) : Number.POSITIVE_INFINITY
    const y = j < m ? (b[j] as number) : Number.POSITIVE_INFINITY
    const length = Math.min(x, y) - at
    const height = Math.abs(i / n - j / m)
    const place = (height * HEIGHTS) | 0
    distance += height * length
    widths[place] = (widths[place] as number) + length
    at = Math.min(x, y)
    const first = Number(x <= y)
    i += first
    j += 1 - first
  }
  return { distance, widths }
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
