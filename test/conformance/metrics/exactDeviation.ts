import { exactDeviation } from '../../../src/metrics/exactDeviation.ts'
import { int, text } from '../awkward.ts'
import { deviation, metricCase, numeric, present, refused } from '../naive.ts'

export default ['small', 'x', int, text, 'at'].flatMap((name) =>
  [false, true].map((population) =>
    metricCase(
      exactDeviation(name, { population }),
      name === text || name === 'at'
        ? refused('wrong-type')
        : (rows) => {
            const isFinite = (value: unknown): boolean => Number.isFinite(numeric(value))
            return deviation(present(rows, name).filter(isFinite), population)
          },
    ),
  ),
)
