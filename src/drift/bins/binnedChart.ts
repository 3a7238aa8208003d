import { isTime } from '../../metrics/metric.ts'
import type { DistributionsBlock } from '../../results/blocks/distributions.ts'
import type { BinnedSide } from '../drift.ts'
import { MOST_BINS } from '../charts.ts'

/** What a chart's first and last bin may take of the rows, so that tails do not squeeze all others. */
const TAIL = 0.005

/** A histogram whose edges are some of the ends of bins, about as far from each other; none without finite values. */
export function binnedChart(current: BinnedSide, reference: BinnedSide): readonly DistributionsBlock[] {
  const values = reference.values.bins.thresholds.map(({ value }) => value)
  const [min, max] = [values[0], values.at(-1)]
  if (min === undefined || max === undefined) return []
  const sides = [current, reference].map(({ values: { bins } }) => upTo(bins.frequencies))
  const middle = values.filter((_, i) =>
    sides.some((sums) => {
      const share = (sums[i] as number) / (sums.at(-1) as number)
      return share > TAIL && share < 1 - TAIL
    }),
  )
  const [low, high] = [middle[0] ?? min, middle.at(-1) ?? max]
  const cuts: number[] = []
  for (let i = 0; i < MOST_BINS - 1; i++) {
    const edge = low + ((high - low) * i) / (MOST_BINS - 2)
    const at = values.findIndex((value) => value >= edge)
    const value = values[at] ?? max
    if (value > (values[cuts.at(-1) ?? 0] as number) && value < max) cuts.push(at)
  }
  const counts = sides.map((sums) => {
    const ends = [...cuts.map((at) => sums[at] as number), sums.at(-1) as number]
    return ends.map((end, i) => end - (ends[i - 1] ?? 0))
  }) as [number[], number[]]
  const edges = min === max ? [min - 0.5, min + 0.5] : [min, ...cuts.map((at) => values[at] as number), max]
  const unit = isTime(reference.column) ? 'time' : 'number'
  return [{ kind: 'distributions', type: 'histogram', edges, current: counts[0], reference: counts[1], unit }]
}

function upTo(counts: readonly number[]): readonly number[] {
  let sum = 0
  return counts.map((count) => (sum += count))
}
