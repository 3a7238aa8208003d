import { standardDeviation } from '../../../src/metrics/index.ts'
import { text } from '../awkward.ts'
import { add, finite, metricCase, refused } from '../naive.ts'

export default ['small', 'x', text, 'at'].flatMap((name) =>
  [false, true].map((population) =>
    metricCase(
      standardDeviation(name, { population }),
      name === text || name === 'at'
        ? refused('wrong-type')
        : (rows) => {
            const values = finite(rows, name)
            const freedom = values.length - (population ? 0 : 1)
            const middle = add(values) / values.length
            return freedom < 1 ? null : Math.sqrt(add(values.map((value) => (value - middle) ** 2)) / freedom)
          },
    ),
  ),
)
