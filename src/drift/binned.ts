import { columnNamed, isNumeric, isTime, type MetricContext, type NumbersMetric } from '../metrics/metric.ts'
import { firstAbove, firstAtLeast } from '../stats/sorted.ts'
import { numberText } from '../words/text/numbers.ts'
import { type CategorySide, noCategories } from './categories.ts'
import { categoryCounts } from './categoryCounts.ts'
import { type Category, categoryTable } from './categoryTable.ts'
import { finiteOf } from './charts.ts'
import type { DriftSide, NotComparable } from './drift.ts'
import { numbers } from '../metrics/numbers.ts'
import { onScale } from './onScale.ts'

const BINS = 10

/** What it takes to count a column's rows: its numbers, or how often each value occurs. */
export function countable(column: string, { columns }: MetricContext) {
  const found = columnNamed(columns, column)
  return isNumeric(found) || isTime(found) ? { numbers: numbers(column) } : { counts: categoryCounts(column) }
}

/** Two columns as counts over the same places: categories, or bins that hold a tenth of the reference each. */
export function binned(current: DriftSide, reference: DriftSide): readonly Category[] | NotComparable {
  if (!('numbers' in current.values)) {
    const sides = [current, reference] as unknown as readonly [CategorySide, CategorySide]
    return noCategories(...sides) ?? categoryTable(...sides)
  }
  type Numbers = DriftSide<{ numbers: NumbersMetric }>
  const [here, there] = [onScale(current as unknown as Numbers), onScale(reference as unknown as Numbers)]
  const present = finiteOf(there)
  const edges = [
    ...new Set(Array.from({ length: BINS - 1 }, (_, i) => present[Math.floor(((i + 1) * present.length) / BINS)])),
  ].filter((edge) => edge !== undefined)
  const cuts = (scale: Float64Array) => {
    const inner = edges.map((edge) => firstAtLeast(scale, edge))
    const places = [
      0,
      firstAbove(scale, Number.NEGATIVE_INFINITY),
      ...inner,
      firstAtLeast(scale, Number.POSITIVE_INFINITY),
      scale.length,
    ]
    return places.slice(1).map((place, i) => place - (places[i] as number))
  }
  const [mine, theirs] = [cuts(here), cuts(there)]
  const labels = [
    '(missing)',
    ...Array.from({ length: edges.length + 1 }, (_, i) =>
      i === 0
        ? edges.length === 0
          ? 'all numbers'
          : `under ${numberText(edges[0] as number)}`
        : i === edges.length
          ? `from ${numberText(edges[i - 1] as number)}`
          : `${numberText(edges[i - 1] as number)} to ${numberText(edges[i] as number)}`,
    ),
    '(not a number)',
  ]
  return labels
    .map((label, i) => ({ name: `"${label}"`, label, current: mine[i] as number, reference: theirs[i] as number }))
    .filter((one) => one.current + one.reference > 0)
}
