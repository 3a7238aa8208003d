import { missingCount } from '../../../src/metrics/index.ts'
import { names } from '../awkward.ts'
import type { Metric } from '../../../src/metrics/metric.ts'

const cases: readonly Metric[] = [...names, 'nope'].map((name) => missingCount(name))
export default cases
