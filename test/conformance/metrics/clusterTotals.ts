import { type ClusterTotals, clusterTotals } from '../../../src/drift/clusterTotals.ts'
import { text } from '../awkward.ts'
import { add, metricCase, rounded } from '../naive.ts'

/** Clusters in no order. */
const sorted = ({ counts, sums, pivot }: ClusterTotals): string =>
  JSON.stringify([pivot, ...[...counts].map((count, i) => JSON.stringify(rounded([count, sums[i]]))).sort()])

export default ['flag', 'small', text].map((by) =>
  metricCase(
    clusterTotals(by, 'x'),
    (rows) => {
      const clusters = new Map<unknown, number[]>()
      for (const row of rows) {
        if (!Number.isFinite(row.x)) continue
        const key = row[by] ?? row
        clusters.set(key, [...(clusters.get(key) ?? []), row.x as number])
      }
      const all = [...clusters.values()]
      const pivot = all.length === 0 ? 0 : Math.min(...all.flat())
      return {
        counts: Float64Array.from(all, ({ length }) => length),
        sums: Float64Array.from(all, (values) => add(values.map((value) => value - pivot))),
        pivot,
      }
    },
    (found, naive) => sorted(found) === sorted(naive),
  ),
)
