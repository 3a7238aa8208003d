import { momentsOf } from './moments.ts'
import { seeded } from './random.ts'

/** Resamples at most, and at least; between them as many as keep the work for `n` cases within bounds. */
const MOST = 1000
const LEAST = 100
const WORK = 4_000_000

/**
 * Values of a statistic over resamples of `n` cases, drawn with replacement (Efron 1979), in ascending order. Resamples
 * for which it is not defined are left out. The same seed draws the same.
 */
export function bootstrap(n: number, statistic: (places: Uint32Array) => number, seed: number): Float64Array {
  const random = seeded(seed)
  const times = Math.min(MOST, Math.max(LEAST, Math.floor(WORK / Math.max(1, n))))
  const places = new Uint32Array(n)
  const values: number[] = []
  for (let time = 0; time < times; time++) {
    for (let i = 0; i < n; i++) places[i] = Math.floor(random() * n)
    const value = statistic(places)
    if (!Number.isNaN(value)) values.push(value)
  }
  return Float64Array.from(values).sort()
}

/** The percentile interval of sorted values; the whole line where there are none. */
export function percentileInterval(sorted: Float64Array, confidence: number): readonly [number, number] {
  if (sorted.length === 0) return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  const at = (share: number): number => {
    const place = share * (sorted.length - 1)
    const low = Math.floor(place)
    const [one, other] = [sorted[low] as number, sorted[Math.min(low + 1, sorted.length - 1)] as number]
    return one + (other - one) * (place - low)
  }
  return [at((1 - confidence) / 2), at((1 + confidence) / 2)]
}

/** The standard deviation of the values; 0 under two of them. */
export function spreadOf(values: Float64Array): number {
  return values.length < 2 ? 0 : Math.sqrt(momentsOf(values).variance)
}
