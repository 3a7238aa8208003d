import { exactDeviation } from '../../../src/metrics/exactDeviation.ts'
import { int, text } from '../awkward.ts'
import { add, metricCase, numeric, present, refused } from '../naive.ts'

export default ['small', 'x', int, text, 'at'].flatMap((name) =>
  [false, true].map((population) =>
    metricCase(
      exactDeviation(name, { population }),
      name === text || name === 'at'
        ? refused('wrong-type')
        : (rows) => {
            const values = present(rows, name).map(numeric).filter(Number.isFinite)
            const freedom = values.length - (population ? 0 : 1)
            const middle = add(values) / values.length
            return freedom < 1 ? null : Math.sqrt(add(values.map((value) => (value - middle) ** 2)) / freedom)
          },
    ),
  ),
)
