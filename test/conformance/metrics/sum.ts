import { sum } from '../../../src/metrics/index.ts'
import type { Metric } from '../../../src/metrics/metric.ts'
import { known } from '../known.ts'
import { text } from '../awkward.ts'

const cases: readonly Metric[] = [known(sum('small'), 9), sum('x'), sum('day'), sum(text), sum('nope')]
export default cases
