import { unreadableCount } from '../../../src/metrics/index.ts'
import { int } from '../awkward.ts'
import type { Metric } from '../../../src/metrics/metric.ts'

const cases: readonly Metric[] = [int, 'nope'].map((name) => unreadableCount(name))
export default cases
