import { min } from '../../../src/metrics/index.ts'
import { numbers } from '../awkward.ts'
import type { Metric } from '../../../src/metrics/metric.ts'

const cases: readonly Metric[] = numbers.map((name) => min(name))
export default cases
