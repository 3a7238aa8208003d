import { clusterTotals } from '../../../src/drift/clusterTotals.ts'
import { text } from '../awkward.ts'
import { add, metricCase, rounded } from '../naive.ts'

/** Clusters in no order. */
const sorted = ({ counts, sums }: { readonly counts: Float64Array; readonly sums: Float64Array }): string =>
  JSON.stringify([...counts].map((count, i) => JSON.stringify(rounded([count, sums[i]]))).sort())

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
      return { counts: Float64Array.from(all, ({ length }) => length), sums: Float64Array.from(all, add) }
    },
    (found, naive) => sorted(found) === sorted(naive),
  ),
)
