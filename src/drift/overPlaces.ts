import { type Resampled, resampled } from '../stats/resampled.ts'
import { firstAbove } from '../stats/sorted.ts'
import { sumOf } from '../stats/sumOf.ts'

const PLACES = 400

/** Two samples as shares of the rows at some places, in order. */
export interface Places {
  /** The places: the greatest value of each. */
  readonly at: readonly number[]
  readonly here: readonly number[]
  readonly there: readonly number[]
}

/** A measure of two sorted samples by their counts at 400 quantiles of both, with bias and error by a bootstrap. */
export function overPlaces(here: Float64Array, there: Float64Array, measure: (places: Places) => number): Resampled {
  const places = Array.from({ length: PLACES }, (_, i) => (i + 1) / PLACES)
  const at = [
    ...new Set(
      [here, there].flatMap((sample) => places.map((share) => sample[Math.ceil(share * sample.length) - 1] as number)),
    ),
  ].sort((a, b) => a - b)
  const counted = (sample: Float64Array) => {
    const ends = at.map((place) => firstAbove(sample, place))
    return ends.map((end, i) => end - (ends[i - 1] ?? 0))
  }
  const shares = (counts: readonly number[]) => {
    const all = sumOf(counts)
    return counts.map((count) => count / all)
  }
  return resampled(counted(here), counted(there), (a, b) => measure({ at, here: shares(a), there: shares(b) }))
}

/** The sum of a function of the two cumulative shares at each place, times its weight. */
export function summed(
  { at, here, there }: Places,
  of: (f: number, g: number) => number,
  weight: 'rows' | 'width',
): number {
  let [f, g, sum] = [0, 0, 0]
  at.forEach((place, i) => {
    f += here[i] as number
    g += there[i] as number
    const step =
      weight === 'rows'
        ? ((here[i] as number) + (there[i] as number)) / 2
        : i + 1 < at.length
          ? (at[i + 1] as number) - place
          : 0
    sum += of(f, g) * step
  })
  return sum
}
