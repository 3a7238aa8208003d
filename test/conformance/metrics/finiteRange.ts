import { finiteRange } from '../../../src/metrics/index.ts'
import { numbers } from '../awkward.ts'
import type { Metric } from '../../../src/metrics/metric.ts'

const cases: readonly Metric[] = numbers.map((name) => finiteRange(name))
export default cases
