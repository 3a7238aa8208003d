import { finiteRange } from '../../../src/metrics/index.ts'
import { numbers, text } from '../awkward.ts'
import { metricCase, numeric, present, refused } from '../naive.ts'

export default numbers.map((name) =>
  metricCase(
    finiteRange(name),
    name === text
      ? refused('wrong-type')
      : (rows) => {
          const all = present(rows, name).map(numeric)
          const values = all.filter(Number.isFinite)
          const none = values.length === 0
          return {
            count: values.length,
            nonFinite: all.length - values.length,
            min: none ? null : Math.min(...values),
            max: none ? null : Math.max(...values),
          }
        },
  ),
)
