import { topValues } from '../../../src/metrics/index.ts'
import { email, int, text } from '../awkward.ts'
import { byValue, identity, metricCase, present, tallied } from '../naive.ts'

export default [int, 'x', 'y', email, text, 'flag', 'small'].map((name) =>
  metricCase(topValues(name, 4), (rows) => {
    const counts = tallied(rows, [name])
    const values = new Map(present(rows, name).map((value) => [identity(value), value]))
    const count = (key: string) => counts.get(JSON.stringify([key])) ?? 0
    return [...values]
      .sort(([a, first], [b, second]) => count(b) - count(a) || byValue(first, second))
      .slice(0, 4)
      .map(([key]) => ({ value: key, count: count(key) }))
  }),
)
