import { type HourCount, hourCounts } from '../../../src/drift/bins/hourCounts.ts'
import { metricCase, numeric, present } from '../naive.ts'

const HOUR = 3_600_000
const sorted = (hours: readonly HourCount[]) => JSON.stringify([...hours].sort((a, b) => a.from - b.from))

export default ['day', 'at'].map((name) =>
  metricCase(
    hourCounts(name),
    (rows) => {
      const byHour = new Map<number, HourCount>()
      for (const ms of present(rows, name).map(numeric)) {
        const { from, to, count } = byHour.get(Math.floor(ms / HOUR)) ?? { from: ms, to: ms, count: 0 }
        byHour.set(Math.floor(ms / HOUR), { from: Math.min(from, ms), to: Math.max(to, ms), count: count + 1 })
      }
      return [...byHour.values()]
    },
    (hours, naive) => sorted(hours) === sorted(naive),
  ),
)
