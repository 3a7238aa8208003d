import { gammaP, gammaQ } from './gamma.ts'
import { normalQuantile } from './normalQuantile.ts'
import { seeded } from './random.ts'
import { dot, meanOf, variancesOf, type VectorRows } from './vectorRows.ts'
import { sumOf } from './sumOf.ts'

/** The mean of vectors with its error. */
export interface MeanVector {
  readonly mean: Float64Array
  /** The covariance of the mean, applied to some vectors, one after the other. */
  covariance(vectors: readonly Float64Array[]): readonly Float64Array[]
  /** The trace of that covariance: the expected square of the distance of the mean from its population's. */
  readonly trace: number
}

/** The mean of rows that are independent of each other. */
export function meanVector(rows: VectorRows): MeanVector {
  const { values, rows: n, width } = rows
  const mean = meanOf(rows)
  const covariance = (vectors: readonly Float64Array[]) => {
    const sums = vectors.map(() => new Float64Array(width))
    const shifts = vectors.map((vector) => dot(mean, vector))
    const row = new Float64Array(width)
    for (let i = 0; i < n; i++) {
      for (let j = 0, at = i * width; j < width; j++, at++) row[j] = values[at] as number
      vectors.forEach((vector, k) => {
        const along = dot(row, vector) - (shifts[k] as number)
        const sum = sums[k] as Float64Array
        for (let j = 0; j < width; j++) sum[j] = (sum[j] as number) + along * ((row[j] as number) - (mean[j] as number))
      })
    }
    return sums.map((sum) => sum.map((value) => value / (n - 1) / n))
  }
  return { mean, covariance, trace: sumOf(variancesOf(rows, mean)) / n }
}

/** The direction of a mean, on the unit sphere, with its error: that of the mean across it (delta method). */
export function directionOf({ mean, covariance, trace }: MeanVector): MeanVector & { readonly length: number } {
  const length = Math.sqrt(dot(mean, mean))
  const unit = mean.map((value) => value / length)
  const across = (vector: Float64Array) => {
    const along = dot(unit, vector)
    return vector.map((value, i) => value - along * (unit[i] as number))
  }
  const [own] = covariance([unit])
  return {
    length,
    mean: unit,
    covariance: (vectors) =>
      covariance(vectors.map(across)).map((vector) => across(vector).map((value) => value / length ** 2)),
    trace: Math.max(0, trace - dot(unit, own as Float64Array)) / length ** 2,
  }
}

/** The distance of two mean vectors, with tests of it. */
export interface MeanDistance {
  /** Without what chance adds: 0 where the means are as near as those of one population. */
  readonly distance: number
  /** p of "the distance is at most `limit`", and of "it is at least that". */
  over(limit: number): number
  under(limit: number): number
  /** About the least distance that is over a limit, at a level. */
  leastOver(limit: number, level: number): number
  /** By what the rows must be multiplied to be under a limit nine times in ten, where nothing moved. */
  rowsToDecide(limit: number, level: number): number
}

const PROBES = 32
const TURNS = 20

/**
 * The squared distance of two means is, where the populations' lie `limit` apart, their squared distance and the traces of
 * the means' covariances, and varies by 2 tr(A²) + 4 limit² λ, with A the sum of the covariances and λ along the difference:
 * its largest eigenvalue here, which is on the safe side. Its tails are those of a gamma distribution of that mean and
 * variance (Satterthwaite 1946). tr(A²) is exact up to 64 columns, else by Hutchinson's estimate (1990) of 32 seeded probes,
 * λ by power iteration.
 */
export function meanDistance(a: MeanVector, b: MeanVector): MeanDistance {
  const difference = a.mean.map((value, i) => value - (b.mean[i] as number))
  const seen = dot(difference, difference)
  const trace = a.trace + b.trace
  const applied = (vectors: readonly Float64Array[]) => {
    const others = b.covariance(vectors)
    return a
      .covariance(vectors)
      .map((vector, k) => vector.map((value, i) => value + ((others[k] as Float64Array)[i] as number)))
  }
  const { square, largest } = spectrumOf(applied, difference.length, trace)
  const momentsAt = (limit: number, scale = 1) => {
    const mean = limit ** 2 + scale * trace
    return { mean, variance: 2 * scale ** 2 * square + 4 * limit ** 2 * scale * largest }
  }
  const tail = (limit: number, of: typeof gammaP) => {
    const { mean, variance } = momentsAt(limit)
    if (!(variance > 0)) return (of === gammaQ) === seen >= mean ? 1 : 0
    return of(mean ** 2 / variance, (seen * mean) / variance)
  }
  return {
    distance: Math.sqrt(Math.max(0, seen - trace)),
    over: (limit) => (seen <= limit ** 2 + trace ? 1 : tail(limit, gammaQ)),
    under: (limit) => (seen >= limit ** 2 + trace ? 1 : tail(limit, gammaP)),
    leastOver: (limit, level) =>
      Math.sqrt(limit ** 2 + normalQuantile(1 - level) * Math.sqrt(momentsAt(limit).variance)),
    rowsToDecide(limit, level) {
      const margin = (scale: number) =>
        normalQuantile(0.9) * scale * Math.sqrt(2 * square) +
        normalQuantile(1 - level) * Math.sqrt(momentsAt(limit, scale).variance) -
        limit ** 2
      let [low, high] = [1e-12, 1e12]
      for (let i = 0; i < 100; i++) {
        const middle = Math.sqrt(low * high)
        if (margin(middle) > 0) high = middle
        else low = middle
      }
      return 1 / low
    },
  }
}

function spectrumOf(
  applied: (vectors: readonly Float64Array[]) => readonly Float64Array[],
  width: number,
  trace: number,
): { readonly square: number; readonly largest: number } {
  if (!(trace > 0)) return { square: 0, largest: 0 }
  const random = seeded(1)
  const exact = width <= 2 * PROBES
  const probes = exact
    ? Array.from({ length: width }, (_, i) => Float64Array.from({ length: width }, (__, j) => (i === j ? 1 : 0)))
    : Array.from({ length: PROBES }, () => Float64Array.from({ length: width }, () => (random() < 0.5 ? -1 : 1)))
  const squares = applied(probes).map((vector) => dot(vector, vector))
  const sum = sumOf(squares)
  let vector = Float64Array.from({ length: width }, () => random() - 0.5)
  let largest = 0
  for (let turn = 0; turn < TURNS; turn++) {
    const norm = Math.sqrt(dot(vector, vector))
    vector = applied([vector.map((value) => value / norm)])[0] as Float64Array<ArrayBuffer>
    largest = Math.sqrt(dot(vector, vector))
    if (!(largest > 0)) return { square: 0, largest: 0 }
  }
  return { square: Math.max(exact ? sum : sum / PROBES, largest ** 2), largest }
}
