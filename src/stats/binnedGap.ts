import type { Area } from './wassersteinBound.ts'
import { sumOf } from './sumOf.ts'

/** Two samples counted in the same places of an order. */
export interface PlacedCounts {
  readonly here: readonly number[]
  readonly there: readonly number[]
  /** Whether a place holds one value alone: nothing lies between its ends. */
  readonly single: readonly boolean[]
}

/** What counts tell of the largest difference of two distribution functions. */
export interface BinnedGap {
  /** It is at least this, which it is at an end of a place, and at most that. */
  readonly least: number
  readonly most: number
  /** The place behind which they differ by the least; -1 where they never do. */
  readonly at: number
}

/** The distribution functions behind each place. */
function cumulated(counts: readonly number[]): Float64Array {
  const all = sumOf(counts)
  let sum = 0
  return Float64Array.from(counts, (count) => (sum += count) / all)
}

/**
 * The largest difference of two distribution functions whose samples are known as counts: at the ends of places it is known,
 * between them neither function leaves the values that it has at both ends. NaN for an empty sample.
 */
export function binnedGap({ here, there, single }: PlacedCounts): BinnedGap {
  const [f, g] = [cumulated(here), cumulated(there)]
  let [least, most, at] = [0, 0, -1]
  for (let i = 0; i < f.length; i++) {
    const [before, other] = [f[i - 1] ?? 0, g[i - 1] ?? 0]
    const [behind, beyond] = [f[i] as number, g[i] as number]
    const gap = Math.abs(behind - beyond)
    if (gap > least) [least, at] = [gap, i]
    most = Math.max(most, single[i] ? gap : Math.max(gap, behind - other, beyond - before))
  }
  return f.some(Number.isNaN) || g.some(Number.isNaN)
    ? { least: Number.NaN, most: Number.NaN, at: -1 }
    : { least, most, at }
}

const HEIGHTS = 4096

/**
 * The area between two distribution functions that there is at least, from counts in places of so much length each: within a
 * place they differ by no less than what their values at its ends leave; and `about` how large it is, as if they were straight.
 */
export function binnedArea(
  { here, there }: PlacedCounts,
  lengths: readonly number[],
): Area & { readonly about: number } {
  const [f, g] = [cumulated(here), cumulated(there)]
  const widths = new Float64Array(HEIGHTS + 1)
  let [distance, about] = [0, 0]
  for (const [i, length] of lengths.entries()) {
    const height = Math.max(0, (f[i - 1] ?? 0) - (g[i] as number), (g[i - 1] ?? 0) - (f[i] as number))
    distance += height * length
    const gaps = [i - 1, i].map((at) => Math.abs((f[at] ?? 0) - (g[at] ?? 0))) as [number, number]
    about += ((gaps[0] + gaps[1]) / 2) * length
    const place = Math.floor(height * HEIGHTS)
    widths[place] = (widths[place] as number) + length
  }
  return { distance, widths, about }
}
