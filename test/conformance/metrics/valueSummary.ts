import { valueSummary } from '../../../src/metrics/index.ts'
import { names } from '../awkward.ts'
import type { Metric } from '../../../src/metrics/metric.ts'

const cases: readonly Metric[] = names
  .filter((name) => !['day', 'at'].includes(name))
  .map((name) => valueSummary(name, { top: 3, ...(name === 'y' ? { edges: [-2, 0, 1, 2e300] } : {}) }))
export default cases
