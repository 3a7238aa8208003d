import { unreadableCount } from '../../../src/metrics/index.ts'
import { int } from '../awkward.ts'
import { metricCase, refused } from '../naive.ts'

export default [
  // What is in memory is of its type.
  metricCase(unreadableCount(int), () => 0),
  metricCase(unreadableCount('nope'), refused('missing-column')),
]
