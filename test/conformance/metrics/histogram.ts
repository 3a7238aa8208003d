import { histogram } from '../../../src/metrics/index.ts'
import { int, text } from '../awkward.ts'
import type { Metric } from '../../../src/metrics/metric.ts'

const cases: readonly Metric[] = [
  histogram('y', [-1.25, 0, 0.5, 7]),
  histogram('x', [-1, 0, 1.5]),
  histogram('small', [1, 2, 3]),
  histogram('at', [0, 1e12, 2e12]),
  histogram(
    'y',
    Array.from({ length: 25 }, (_, i) => i - 10.5),
  ),
  histogram(int, [-10, 10]),
  histogram(text, [0, 1]),
]
export default cases
