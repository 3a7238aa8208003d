import { topValues } from '../../../src/metrics/index.ts'
import { email, int } from '../awkward.ts'
import type { Metric } from '../../../src/metrics/metric.ts'

const cases: readonly Metric[] = [int, 'y', email, 'flag', 'small'].map((name) => topValues(name, 4))
export default cases
