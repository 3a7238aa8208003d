import { categoryCounts } from '../../../src/metrics/index.ts'
import { names } from '../awkward.ts'
import type { Metric } from '../../../src/metrics/metric.ts'

const cases: readonly Metric[] = names
  .map((name) => categoryCounts(name, 3))
  .filter((metric) => !['day', 'at'].includes(metric.columns[0] as string))
export default cases
