import { momentsOf } from './moments.ts'
import { quantile } from './quantile.ts'

/** How many bins of equal width a rule asks for. */
export type BinRule = 'sturges' | 'doane' | 'scott' | 'fd' | 'auto'

/**
 * Edges of equal bins over the range of a sorted sample, by Sturges (1926), Doane (1976), Scott (1979) or Freedman and
 * Diaconis (1981); `auto` takes the narrower of Sturges' and the latter's. One bin for a constant, from half below it to
 * half above; none for an empty sample.
 */
export function binEdges(sorted: Float64Array, rule: BinRule): Float64Array {
  if (sorted.length === 0) return new Float64Array(0)
  const [first, last] = [sorted[0] as number, sorted.at(-1) as number]
  const [low, high] = first === last ? [first - 0.5, last + 0.5] : [first, last]
  const width = first === last ? 0 : widthBy(sorted, rule)
  const bins = width > 0 ? Math.max(1, Math.ceil((high - low) / width)) : 1
  return Float64Array.from({ length: bins + 1 }, (_, i) => (i === bins ? high : low + ((high - low) / bins) * i))
}

function widthBy(x: Float64Array, rule: BinRule): number {
  const n = x.length
  const range = (x.at(-1) as number) - (x[0] as number)
  if (rule === 'sturges') return range / (Math.log2(n) + 1)
  if (rule === 'scott') return Math.cbrt((24 * Math.sqrt(Math.PI)) / n) * deviation(x)
  if (rule === 'doane') return doane(x, range)
  const fd = (2 * (quantile(x, 0.75) - quantile(x, 0.25))) / Math.cbrt(n)
  if (rule === 'fd') return fd
  const sturges = range / (Math.log2(n) + 1)
  return fd > 0 ? Math.min(fd, sturges) : sturges
}

function doane(x: Float64Array, range: number): number {
  const n = x.length
  if (n <= 2) return 0
  const { mean, rest, variance } = momentsOf(x)
  const sigma = Math.sqrt(variance * ((n - 1) / n))
  if (!(sigma > 0)) return 0
  const skewness = x.reduce((sum, value) => sum + ((value - mean - rest) / sigma) ** 3, 0) / n
  const spread = Math.sqrt((6 * (n - 2)) / ((n + 1) * (n + 3)))
  return range / (1 + Math.log2(n) + Math.log2(1 + Math.abs(skewness) / spread))
}

function deviation(x: Float64Array): number {
  const n = x.length
  return n < 2 ? 0 : Math.sqrt(momentsOf(x).variance * ((n - 1) / n))
}

/** How many values of a sorted sample lie in each bin; the last one holds its upper edge, and values outside none. */
export function binCounts(sorted: Float64Array, edges: Float64Array): number[] {
  const counts = Array.from({ length: Math.max(0, edges.length - 1) }, () => 0)
  let bin = 0
  for (const value of sorted) {
    if (value < (edges[0] as number)) continue
    while (bin < counts.length - 1 && value >= (edges[bin + 1] as number)) bin++
    if (value <= (edges[bin + 1] as number)) counts[bin] = (counts[bin] as number) + 1
  }
  return counts
}
