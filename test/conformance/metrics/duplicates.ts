import { duplicates } from '../../../src/metrics/index.ts'
import { email, int } from '../awkward.ts'
import type { Metric } from '../../../src/metrics/metric.ts'

const cases: readonly Metric[] = [['small'], ['x'], [int], ['small', 'flag'], [email], ['id']].map((set) =>
  duplicates(set),
)
export default cases
