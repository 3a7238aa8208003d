import { firstAbove, firstAtLeast } from './sorted.ts'

/**
 * Standard error of the area under the ROC curve of two sorted samples, the chance that a value of the first is the larger
 * one, ties counting half: by the variance of the placements of each in the other (DeLong, DeLong and Clarke-Pearson 1988).
 * NaN for fewer than two values on a side.
 */
export function aucError(a: Float64Array, b: Float64Array): number {
  if (Math.min(a.length, b.length) < 2) return Number.NaN
  return Math.sqrt(placements(a, b) / a.length + placements(b, a) / b.length)
}

/** Variance of the shares of `b` that lie below the values of `a`. */
function placements(a: Float64Array, b: Float64Array): number {
  let [mean, square] = [0, 0]
  for (let i = 0, low = 0, high = 0; i < a.length; i++) {
    const value = a[i] as number
    if (i === 0) [low, high] = [firstAtLeast(b, value), firstAbove(b, value)]
    while (low < b.length && (b[low] as number) < value) low++
    while (high < b.length && (b[high] as number) <= value) high++
    const place = (low + high) / 2 / b.length
    const step = place - mean
    mean += step / (i + 1)
    square += step * (place - mean)
  }
  return square / (a.length - 1)
}

/**
 * The standard error that the area would have if it were `area`, of exponential samples of the sizes n and m (Hanley and McNeil
 * 1982, in the symmetrical form of Newcombe 2006): what few values show of their own variance is nothing where they lie apart.
 */
export function aucErrorAt(area: number, n: number, m: number): number {
  const others = (n + m) / 2 - 1
  const pairs = 1 + others * ((1 - area) / (2 - area) + area / (1 + area))
  return Math.sqrt((area * (1 - area) * pairs) / (n * m))
}
