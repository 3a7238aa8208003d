import { columnNamed, isMeasured, isTime, type MetricContext, type NumbersMetric } from '../metrics/metric.ts'
import { firstAbove, firstAtLeast } from '../stats/sorted.ts'
import { numberText } from '../words/text/numbers.ts'
import { placesOf } from './bins/binnedDistance.ts'
import { type CategorySide, noCategories } from './categories.ts'
import { categoryCounts } from './categoryCounts.ts'
import { type Category, categoryTable } from './categoryTable.ts'
import { finiteOf } from './charts.ts'
import type { BinnedSide, DriftSide, NotComparable } from './drift.ts'
import { numbers } from '../metrics/numbers.ts'
import type { Threshold } from '../metrics/bins.ts'
import { onScale } from './onScale.ts'
import { timeTextOf } from './timeText.ts'
import { sumOf } from '../stats/sumOf.ts'

const BINS = 10

/** What it takes to count a column's rows: its numbers, or how often each value occurs. */
export function countable(column: string, { columns }: MetricContext) {
  const found = columnNamed(columns, column)
  return isMeasured(found) ? { numbers: numbers(column) } : { counts: categoryCounts(column) }
}

/**
 * Two columns as counts over the same places: categories, or bins that hold a tenth of the reference's finite values each.
 * A value that more than a tenth of them are, missing values, either infinity and what is no number have places of their own.
 */
export function binned(current: DriftSide, reference: DriftSide): readonly Category[] | NotComparable {
  if (!('numbers' in current.values)) {
    const sides = [current, reference] as unknown as readonly [CategorySide, CategorySide]
    return noCategories(...sides) ?? categoryTable(...sides)
  }
  type Numbers = DriftSide<{ numbers: NumbersMetric }>
  const [here, there] = [onScale(current as unknown as Numbers), onScale(reference as unknown as Numbers)]
  const edges = tenthsOf(finiteOf(there))
  const cuts = (scale: Float64Array) => {
    const inner = edges.map(({ value, inclusive }) => (inclusive ? firstAbove : firstAtLeast)(scale, value))
    const places = [
      0,
      firstAbove(scale, Number.NEGATIVE_INFINITY),
      firstAbove(scale, -Number.MAX_VALUE),
      ...inner,
      firstAtLeast(scale, Number.MAX_VALUE),
      firstAtLeast(scale, Number.POSITIVE_INFINITY),
      scale.length,
    ]
    return places.slice(1).map((place, i) => place - (places[i] as number))
  }
  return tableOf([cuts(here), cuts(there)], edges, [current, reference])
}

/** Where tenths of sorted values end, and either end of a value that more than a tenth of them are. */
function tenthsOf(sorted: Float64Array): readonly Threshold[] {
  const ends = Array.from({ length: BINS - 1 }, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / BINS)])
  return [...new Set(ends)].flatMap((value) => {
    if (value === undefined) return []
    const isCommon = (firstAbove(sorted, value) - firstAtLeast(sorted, value)) * BINS > sorted.length
    return isCommon ? bothEnds(value) : [{ value, inclusive: false }]
  })
}

const bothEnds = (value: number): readonly Threshold[] => [false, true].map((inclusive) => ({ value, inclusive }))

/** The same of sides that are known as counts in many bins: some ends of these that cut the reference into tenths. */
export function binnedAnew(current: BinnedSide, reference: BinnedSide): readonly Category[] {
  const { frequencies, thresholds } = reference.values.bins
  const finite = sumOf(frequencies)
  const cuts: number[] = []
  const isCommon = (at: number) =>
    thresholds[at]?.value === thresholds[at + 1]?.value && (frequencies[at + 1] as number) * BINS > finite
  let [sum, last, tenth] = [0, thresholds[0]?.value ?? 0, 1]
  for (const [i, { value }] of thresholds.entries()) {
    sum += frequencies[i] as number
    const ends = tenth < BINS && sum * BINS >= tenth * finite && value > last
    if (!ends && !isCommon(i) && !isCommon(i - 1)) continue
    cuts.push(i)
    last = value
    tenth = Math.floor((sum * BINS) / finite) + 1
  }
  const sides = [current, reference].map((side) => {
    const [missing = 0, below = 0, ...places] = placesOf(side)
    const [above = 0, strange = 0] = places.slice(-2)
    const ends = [...cuts.map((at) => at + 1), frequencies.length]
    const inner = ends.map((end, i) => sumOf(places.slice(ends[i - 1] ?? 0, end)))
    return [missing, below, ...inner, above, strange]
  }) as [number[], number[]]
  return tableOf(
    sides,
    cuts.map((at) => thresholds[at] as Threshold),
    [current, reference],
  )
}

/** Places by the values between them, with those of what is no finite number. */
function tableOf(
  [mine, theirs]: readonly [readonly number[], readonly number[]],
  edges: readonly Threshold[],
  [current, reference]: readonly [DriftSide, DriftSide],
): readonly Category[] {
  const time = isTime(reference.column)
  const text = time ? timeTextOf(current.column, reference.column, 16) : numberText
  const [first, last] = [edges[0], edges.at(-1)]
  const inner =
    first === undefined || last === undefined
      ? [time ? 'all times' : 'all numbers']
      : [
          `under ${text(first.value)}`,
          ...edges.slice(1).map((edge, i) => {
            const from = edges[i] as Threshold
            if (from.value === edge.value) return text(edge.value)
            return `${from.inclusive ? 'over ' : ''}${text(from.value)} to ${text(edge.value)}`
          }),
          `${last.inclusive ? 'over' : 'from'} ${text(last.value)}`,
        ]
  const labels = ['(missing)', '(minus infinity)', ...inner, '(infinity)', time ? '(not a time)' : '(not a number)']
  return labels
    .map((label, i) => ({
      name: label.startsWith('(') ? label : `"${label}"`,
      label,
      current: mine[i] as number,
      reference: theirs[i] as number,
    }))
    .filter((one) => one.current + one.reference > 0)
}
