import { distinctCount } from '../../../src/metrics/index.ts'
import { email, names, text } from '../awkward.ts'
import type { Metric } from '../../../src/metrics/metric.ts'

const cases: readonly Metric[] = [...names, ['small', 'flag'], [email, text]].map((set) => distinctCount(set))
export default cases
