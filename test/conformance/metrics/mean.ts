import { mean } from '../../../src/metrics/index.ts'
import { text } from '../awkward.ts'
import type { Metric } from '../../../src/metrics/metric.ts'

const cases: readonly Metric[] = ['small', 'day', 'at', 'x', text].map((name) => mean(name))
export default cases
