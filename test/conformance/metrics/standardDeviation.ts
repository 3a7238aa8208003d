import { standardDeviation } from '../../../src/metrics/index.ts'
import { text } from '../awkward.ts'
import type { Metric } from '../../../src/metrics/metric.ts'

const cases: readonly Metric[] = ['small', 'x', text, 'at'].flatMap((name) => [
  standardDeviation(name),
  standardDeviation(name, { population: true }),
])
export default cases
