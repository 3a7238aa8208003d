import { mean } from '../../../src/metrics/index.ts'
import { text } from '../awkward.ts'
import { add, finite, metricCase, refused } from '../naive.ts'

export default [
  ...['small', 'day', 'at', 'x'].map((name) =>
    metricCase(mean(name), (rows) => {
      const values = finite(rows, name)
      return values.length === 0 ? null : add(values) / values.length
    }),
  ),
  metricCase(mean(text), refused('wrong-type')),
]
