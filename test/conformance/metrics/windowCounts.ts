import type { TimeSpan } from '../../../src/dataset/timeWindow.ts'
import { windowCounts } from '../../../src/drift/windowCounts.ts'
import { metricCase } from '../naive.ts'

const asked: readonly (readonly [string, TimeSpan])[] = [
  ['day', 'day'],
  ['day', 'week'],
  ['day', 'month'],
  ['at', 'quarter'],
  ['at', 'year'],
  ['at', 'hour'],
]

/** When the window begins that a time lies in. */
function begin(time: Date, every: TimeSpan): string {
  const at = new Date(time)
  at.setUTCMinutes(0, 0, 0)
  if (every === 'hour') return at.toISOString().slice(0, 19).replace('T', ' ')
  at.setUTCHours(0)
  if (every === 'week') at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7))
  if (every === 'month' || every === 'quarter' || every === 'year') at.setUTCDate(1)
  if (every === 'quarter') at.setUTCMonth(3 * Math.floor(at.getUTCMonth() / 3))
  if (every === 'year') at.setUTCMonth(0)
  return at.toISOString().slice(0, 10)
}

const sorted = (counts: ReadonlyMap<string, number>) => JSON.stringify([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))

export default asked.map(([name, every]) =>
  metricCase(
    windowCounts(name, every),
    (rows) => {
      const counts = new Map<string, number>()
      for (const row of rows) {
        const label = row[name] instanceof Date ? begin(row[name], every) : ''
        counts.set(label, (counts.get(label) ?? 0) + 1)
      }
      return counts
    },
    (counts, naive) => sorted(counts) === sorted(naive),
  ),
)
