import type { DistributionsBlock } from '../results/blocks/distributions.ts'
import { commonBins } from '../stats/commonBins.ts'
import { firstAbove, firstAtLeast } from '../stats/sorted.ts'
import { type Category, OTHERS } from './categoryTable.ts'

/** Bars and bins of a chart at most. */
export const MOST_BINS = 24

/** The commonest categories beside each other; the rest is folded into the last bar. */
export function categoryChart(table: readonly Category[]): DistributionsBlock {
  const kept = table.length > MOST_BINS ? table.slice(0, MOST_BINS - 1) : table
  const folded = table.slice(kept.length)
  const sum = (side: 'current' | 'reference') => folded.reduce((total, category) => total + category[side], 0)
  const last = folded.length > 0 ? [{ label: OTHERS, current: sum('current'), reference: sum('reference') }] : []
  const bars = [...kept, ...last]
  return {
    kind: 'distributions',
    type: 'categories',
    labels: bars.map(({ label }) => label),
    current: bars.map(({ current }) => current),
    reference: bars.map(({ reference }) => reference),
    ...(folded.length > 0 ? { folded: folded.length } : {}),
  }
}

/** The finite values of a sorted sample whose ends stand for what is not. */
export function finiteOf(sample: Float64Array): Float64Array {
  return sample.subarray(firstAbove(sample, -Number.MAX_VALUE), firstAtLeast(sample, Number.MAX_VALUE))
}

/** Histograms of the finite values of two sorted samples, current first; none when there are no such values. */
export function numberChart(
  samples: readonly [Float64Array, Float64Array],
  time: boolean,
): readonly DistributionsBlock[] {
  const finite = samples.map(finiteOf)
  const { edges, counts } = commonBins(finite, MOST_BINS)
  const [current, reference] = counts as [number[], number[]]
  if (edges.length === 0) return []
  return [{ kind: 'distributions', type: 'histogram', edges, current, reference, unit: time ? 'time' : 'number' }]
}
