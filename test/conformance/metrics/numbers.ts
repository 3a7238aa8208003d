import { numbers } from '../../../src/metrics/numbers.ts'
import { int } from '../awkward.ts'
import { metricCase, numeric, present, rounded } from '../naive.ts'

const sorted = (values: Float64Array): unknown => rounded(new Float64Array(values).sort())

export default ['y', 'x', 'small', 'day', 'at', int].map((name) =>
  metricCase(
    numbers(name),
    (rows) => Float64Array.from(present(rows, name), numeric),
    (values, naive) => JSON.stringify(sorted(values)) === JSON.stringify(sorted(naive)),
  ),
)
