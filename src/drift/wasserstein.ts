import { isNumeric, isTime, type NumbersMetric } from '../metrics/metric.ts'
import { ksTwoSample } from '../stats/ksTwoSample.ts'
import { normalSf } from '../stats/normal.ts'
import { normalQuantile } from '../stats/normalQuantile.ts'
import { wasserstein as distanceOf } from '../stats/orderDistances.ts'
import { resampled } from '../stats/resampled.ts'
import { firstAbove } from '../stats/sorted.ts'
import { momentsOf } from '../stats/tTest.ts'
import { numberText } from '../words/text/numbers.ts'
import { finiteOf, numberChart } from './charts.ts'
import { type DriftMethod, driftMethod } from './drift.ts'
import { numbers } from '../metrics/numbers.ts'
import { onScale } from './onScale.ts'

const PLACES = 400

/**
 * Wasserstein's distance W1 in standard deviations of the reference: how far values moved on average, tails included. Of
 * the finite numbers; missing values are a finding of their own. Its bounds come from a bootstrap over 400 quantiles, so
 * they are approximate.
 */
export const wasserstein: DriftMethod = driftMethod<{ numbers: NumbersMetric }>({
  name: 'wasserstein',
  unit: 'W1/σ',
  effect: 'area between the distribution functions, in standard deviations of the reference',
  limit: 0.25,
  most: Number.POSITIVE_INFINITY,
  accepts: (current, reference) => [current, reference].every((type) => isNumeric({ name: '', native: '', type })),
  suits: () => false,
  metrics: (column) => ({ numbers: numbers(column) }),
  compare(current, reference) {
    const [a, b] = [onScale(current), onScale(reference)]
    const [here, there] = [finiteOf(a), finiteOf(b)]
    const sigma = Math.sqrt(momentsOf(there).variance)
    const name = JSON.stringify(current.column.name)
    if (here.length < 2 || !(sigma > 0)) {
      return {
        reason: `column ${name} has ${here.length < 2 ? 'fewer than two numbers' : 'no spread in the reference'}, so distances have no unit`,
        hint: 'leave the method out, or name the column in `except`',
      }
    }
    const effect = distanceOf({ values: here }, { values: there }) / sigma
    const { error, estimate } = quantileBootstrap(here, there, sigma)
    const shown = Math.max(0, effect - Math.max(0, binnedBias(estimate, effect)))
    const at = (sample: Float64Array, share: number) => sample[Math.round(share * (sample.length - 1))] as number
    const rows = [0.01, 0.1, 0.5, 0.9, 0.99].map(
      (share) => `${100 * share} % ${numberText(at(there, share))} → ${numberText(at(here, share))}`,
    )
    return {
      effect: shown,
      over: (limit) => (shown <= limit ? 1 : normalSf((shown - limit) / error)),
      under: (limit) => (shown >= limit ? 1 : normalSf((limit - shown) / error)),
      p: ksTwoSample(here, there).p,
      leastDetectable: ({ limit, level }) => limit + normalQuantile(1 - level) * error,
      spreadToDecide: ({ limit, level }) =>
        (Math.sqrt(1 / current.rows + 1 / reference.rows) * limit) /
        (error * (normalQuantile(0.9) + normalQuantile(1 - level))),
      moved: `quantiles: ${rows.join(', ')}`,
      discreetlyMoved: 'the present values',
      charts: numberChart([a, b], isTime(reference.column)),
    }
  },
})

/** What chance adds to the effect: what the bootstrap took off it. */
const binnedBias = (estimate: number, effect: number): number => effect - Math.min(effect, estimate)

function quantileBootstrap(here: Float64Array, there: Float64Array, sigma: number) {
  const pooled = Float64Array.from([...here, ...there]).sort()
  const edges = [
    ...new Set(
      Array.from({ length: PLACES }, (_, i) => pooled[Math.floor((i * (pooled.length - 1)) / (PLACES - 1))] as number),
    ),
  ]
  const counts = (sample: Float64Array) => {
    const places = edges.map((edge) => firstAbove(sample, edge))
    return places.map((place, i) => place - (places[i - 1] ?? 0))
  }
  return resampled(counts(here), counts(there), (a, b) => {
    const [n, m] = [a, b].map((list) => list.reduce((sum, count) => sum + count, 0)) as [number, number]
    let [f, g, area] = [0, 0, 0]
    for (let i = 0; i + 1 < edges.length; i++) {
      f += (a[i] as number) / n
      g += (b[i] as number) / m
      area += Math.abs(f - g) * ((edges[i + 1] as number) - (edges[i] as number))
    }
    return area / sigma
  })
}
