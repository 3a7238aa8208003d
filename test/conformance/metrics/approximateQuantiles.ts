import { approximateQuantiles } from '../../../src/metrics/approximate.ts'
import { byValue, metricCase, numeric, present } from '../naive.ts'

export default ['y', 'small'].map((name) =>
  metricCase(
    approximateQuantiles(name),
    (rows) => {
      const values = present(rows, name).map(numeric)
      return values.length === 0 ? null : [...values].sort(byValue)
    },
    // Between the values that stand around the place, give or take two.
    (quantiles, sorted) =>
      quantiles === null || sorted === null
        ? quantiles === sorted
        : [5, 25, 50, 75, 95].every((percent, i) => {
            const place = (percent / 100) * (sorted.length - 1)
            const at = (offset: number) => sorted[Math.min(sorted.length - 1, Math.max(0, offset))] as number
            const value = quantiles[i] as number
            return value >= at(Math.floor(place) - 2) && value <= at(Math.ceil(place) + 2)
          }),
  ),
)
