import type { DistributionFamily } from './shapes.ts'

/** A member of a family of distributions, and how far a sample is from it. */
export interface Nearness {
  /** Largest difference of the cumulative shares (Kolmogorov's D). */
  readonly distance: number
  /** How much larger it may be, where not every value of the sample was looked at. */
  readonly error: number
  /** Where the family's member lies: its mean, or its least value. */
  readonly place: number
  /** Its standard deviation, or its width; 0 where it is one value. */
  readonly width: number
  /** The value at which the shares differ most. */
  readonly at: number
  /** Whether the sample has more up to there, or less. */
  readonly more: boolean
}

/** Values that are looked at, of a sample with more. */
const KNOTS = 4096

/** Values in order, the least as 0 and the largest as 1, with the share of the sample before and up to each. */
interface Steps {
  readonly x: Float64Array
  readonly before: Float64Array
  readonly upTo: Float64Array
}

/** The distance of a sorted sample from one distribution. */
export function distanceFrom(
  sorted: Float64Array,
  { cdf }: DistributionFamily,
  place: number,
  width: number,
): Nearness {
  let [distance, at, more] = [0, sorted[0] as number, true]
  for (let i = 0; i < sorted.length; i++) {
    const x = sorted[i] as number
    const share = cdf((x - place) / width)
    // Of equal values the last one counts for the share up to it, the first one for that before.
    const [over, under] = [
      sorted[i + 1] === x ? 0 : (i + 1) / sorted.length - share,
      sorted[i - 1] === x ? 0 : share - i / sorted.length,
    ]
    if (Math.max(over, under) > distance) [distance, at, more] = [Math.max(over, under), x, over >= under]
  }
  return { distance, error: 0, place, width, at, more }
}

/**
 * The member of a family that is nearest to a sorted sample, by the largest difference of the cumulative shares. Its
 * distance from the sample differs from that of the population by no more than the sample itself does, so that bounds
 * free of the distribution hold of it as of a distribution that was fixed before. A distance is reached when a line
 * runs between the quantiles of the shares that much lower and that much higher; the least one is found by halving.
 */
export function nearestShape(sorted: Float64Array, shape: DistributionFamily): Nearness {
  const { steps, error } = stepsOf(sorted)
  let [low, high] = [0, 0.5]
  let line = lineBetween(steps, shape, high) ?? { slope: Number.POSITIVE_INFINITY, offset: 0 }
  while (high - low > 1e-7) {
    const middle = (low + high) / 2
    const found = lineBetween(steps, shape, middle)
    if (found) [high, line] = [middle, found]
    else low = middle
  }
  const first = sorted[0] as number
  const halfRange = (sorted.at(-1) as number) / 2 - first / 2
  const width = (halfRange / line.slope) * 2
  const place = first - (line.offset / line.slope) * halfRange * 2
  if (!(width > 0 && Number.isFinite(width) && Number.isFinite(place)))
    return { distance: high, error, place: first, width: 0, at: first, more: true }
  const { at, more } = distanceFrom(sorted, shape, place, width)
  return { distance: high, error, place, width, at, more }
}

/** All values of a sample of few, else those at even shares: between two of them the share differs by 1/4,096 at most. */
function stepsOf(sorted: Float64Array): { readonly steps: Steps; readonly error: number } {
  const n = sorted.length
  const starts: number[] = []
  for (let i = 0; i < n; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) starts.push(i)
  const ends = starts.map((_, i) => starts[i + 1] ?? n)
  const all = starts.map((_, i) => i)
  const kept =
    all.length <= KNOTS
      ? all
      : all.filter(
          (i) =>
            i === 0 ||
            i === all.length - 1 ||
            Math.floor(((starts[i] as number) * KNOTS) / n) !== Math.floor(((ends[i] as number) * KNOTS) / n),
        )
  const of = (value: (i: number) => number) => Float64Array.from(kept, value)
  const first = (sorted[0] as number) / 2
  const half = (sorted[n - 1] as number) / 2 - first
  return {
    steps: {
      x: of((i) => (half === 0 ? 0 : ((sorted[starts[i] as number] as number) / 2 - first) / half)),
      before: of((i) => (starts[i] as number) / n),
      upTo: of((i) => (ends[i] as number) / n),
    },
    error: kept.length === all.length ? 0 : 1 / KNOTS,
  }
}

/** A rising line between the quantiles of all shares less and more `distance`; undefined where there is none. */
function lineBetween(
  { x, before, upTo }: Steps,
  { quantile }: DistributionFamily,
  distance: number,
): { readonly slope: number; readonly offset: number } | undefined {
  // Shares beyond the ends hold whatever the line is.
  const floor = upTo.map((share) => (share - distance <= 0 ? Number.NEGATIVE_INFINITY : quantile(share - distance)))
  const ceiling = before.map((share) => (share + distance >= 1 ? Number.POSITIVE_INFINITY : quantile(share + distance)))
  // The gap is convex in the slope: its own slope says on which side the least one lies.
  const gap = (slope: number) => {
    let [most, least, i, j] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 0]
    for (let k = 0; k < x.length; k++) {
      const fall = slope * (x[k] as number)
      const [a, b] = [(floor[k] as number) - fall, (ceiling[k] as number) - fall]
      if (a > most) [most, i] = [a, k]
      if (b < least) [least, j] = [b, k]
    }
    return { gap: most - least, rises: (x[j] as number) > (x[i] as number), offset: (most + least) / 2 }
  }
  let [low, high] = [0, 1]
  for (let i = 0; i < 60; i++) {
    const { gap: found, rises, offset } = gap(high)
    if (found <= 0 && Number.isFinite(offset)) return { slope: high, offset }
    if (rises || found === Number.NEGATIVE_INFINITY) break
    ;[low, high] = [high, 2 * high]
  }
  for (let i = 0; i < 50; i++) {
    const slope = (low + high) / 2
    const { gap: found, rises, offset } = gap(slope)
    if (found <= 0) return Number.isFinite(offset) ? { slope, offset } : { slope, offset: 0 }
    if (rises) high = slope
    else low = slope
  }
  return undefined
}
