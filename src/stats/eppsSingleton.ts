import { chiSquareSf } from './gamma.ts'
import { pairwiseSum } from './pairwiseSum.ts'

const POINTS = [0.4, 0.8]
const SIZE = 2 * POINTS.length

/**
 * Epps and Singleton's test of two samples (1986), from their empirical characteristic functions at 0.4 and 0.8
 * over half the pooled interquartile range, with Goerg and Kaiser's correction of small samples. NaN for fewer than five
 * values on a side and where the interquartile range is 0.
 */
export function eppsSingleton(a: Float64Array, b: Float64Array): { readonly statistic: number; readonly p: number } {
  const [n, m] = [a.length, b.length]
  const all = n + m
  const pooled = Float64Array.from([...a, ...b]).sort()
  const sigma = quartileRange(pooled) / 2
  if (n < 5 || m < 5 || !(sigma > 0)) return { statistic: Number.NaN, p: Number.NaN }
  const [first, two] = [a, b].map((sample) => waves(sample, sigma, pooled[all >> 1] as number)) as [Waves, Waves]
  const covariance = first.covariance.map((row, i) =>
    row.map((value, j) => (all / n) * value + (all / m) * ((two.covariance[i] as number[])[j] as number)),
  )
  const difference = first.means.map((mean, i) => mean - (two.means[i] as number))
  const { values, vectors } = eigen(covariance)
  const largest = Math.max(...values.map(Math.abs))
  let [statistic, rank] = [0, 0]
  values.forEach((value, k) => {
    if (Math.abs(value) <= largest * SIZE * Number.EPSILON) return
    rank++
    const along = difference.reduce((sum, d, i) => sum + d * ((vectors[i] as number[])[k] as number), 0)
    statistic += (all * along * along) / value
  })
  if (Math.max(n, m) < 25) statistic /= 1 + all ** -0.45 + 10.1 * (n ** -1.7 + m ** -1.7)
  return { statistic, p: chiSquareSf(statistic, rank) }
}

function quartileRange(sorted: Float64Array): number {
  const at = (share: number) => {
    const place = share * (sorted.length - 1)
    const low = Math.floor(place)
    const [left, right] = [sorted[low] as number, sorted[Math.min(low + 1, sorted.length - 1)] as number]
    return left + (right - left) * (place - low)
  }
  return at(0.75) - at(0.25)
}

interface Waves {
  readonly means: readonly number[]
  readonly covariance: readonly (readonly number[])[]
}

/** From a pivot on, which turns them all alike: the angles of large numbers of small spread are then not rounded. */
function waves(sample: Float64Array, sigma: number, pivot: number): Waves {
  const n = sample.length
  const columns = [Math.cos, Math.sin].flatMap((wave) =>
    POINTS.map((t) => Float64Array.from(sample, (x) => wave((t / sigma) * (x - pivot)))),
  )
  const means = columns.map((column) => pairwiseSum(column) / n)
  const covariance = columns.map((column, i) =>
    columns.map((two, j) => {
      let sum = 0
      for (let k = 0; k < n; k++)
        sum += ((column[k] as number) - (means[i] as number)) * ((two[k] as number) - (means[j] as number))
      return sum / n
    }),
  )
  return { means, covariance }
}

/** Eigenvalues and vectors (columns) of a symmetric matrix, by Jacobi's rotations. */
function eigen(matrix: readonly (readonly number[])[]): { values: number[]; vectors: number[][] } {
  const a = matrix.map((row) => [...row])
  const size = a.length
  const vectors = a.map((_, i) => a.map((__, j) => (i === j ? 1 : 0)))
  const get = (m: number[][], i: number, j: number) => (m[i] as number[])[j] as number
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        const apq = get(a, p, q)
        off += apq * apq
        if (apq === 0) continue
        const theta = (get(a, q, q) - get(a, p, p)) / (2 * apq)
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
        const c = 1 / Math.sqrt(t * t + 1)
        const s = t * c
        for (let k = 0; k < size; k++) rotate(a, [k, p], [k, q], c, s)
        for (let k = 0; k < size; k++) rotate(a, [p, k], [q, k], c, s)
        for (let k = 0; k < size; k++) rotate(vectors, [k, p], [k, q], c, s)
      }
    }
    if (off < 1e-300) break
  }
  return { values: a.map((row, i) => row[i] as number), vectors }
}

function rotate(
  m: number[][],
  [i, j]: readonly [number, number],
  [k, l]: readonly [number, number],
  c: number,
  s: number,
): void {
  const [x, y] = [(m[i] as number[])[j] as number, (m[k] as number[])[l] as number]
  ;(m[i] as number[])[j] = c * x - s * y
  ;(m[k] as number[])[l] = s * x + c * y
}
