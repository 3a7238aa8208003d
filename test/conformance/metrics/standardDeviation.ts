import { standardDeviation } from '../../../src/metrics/index.ts'
import { text } from '../awkward.ts'
import { deviation, finite, metricCase, refused } from '../naive.ts'

export default ['small', 'x', text, 'at'].flatMap((name) =>
  [false, true].map((population) =>
    metricCase(
      standardDeviation(name, { population }),
      name === text || name === 'at' ? refused('wrong-type') : (rows) => deviation(finite(rows, name), population),
    ),
  ),
)
