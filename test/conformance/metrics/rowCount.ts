import { rowCount } from '../../../src/metrics/index.ts'
import type { Metric } from '../../../src/metrics/metric.ts'

const cases: readonly Metric[] = [rowCount()]
export default cases
