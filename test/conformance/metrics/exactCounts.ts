import { exactCounts } from '../../../src/drift/exactNumbers.ts'
import { int } from '../awkward.ts'
import { metricCase, present } from '../naive.ts'

export default [int, 'small'].map((name) =>
  metricCase(exactCounts(name), (rows) => {
    const counts = new Map<string, number>()
    for (const value of present(rows, name)) {
      const text = String(value as number | bigint)
      counts.set(text, (counts.get(text) ?? 0) + 1)
    }
    return counts
  }),
)
