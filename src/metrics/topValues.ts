import { type CategoryCount, categoryCounts } from './categoryCounts.ts'
import { keyOf, type QueryMetric } from './metric.ts'

/** The `k` most frequent values of a column as text, most frequent first, missing values left out. */
export function topValues(column: string, k: number): QueryMetric<readonly CategoryCount[]> {
  const counts = categoryCounts(column, k)
  return {
    ...counts,
    name: 'topValues',
    key: keyOf('topValues', [column], k),
    finish: (rows) => counts.finish(rows).top,
  }
}
