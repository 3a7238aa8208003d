import { missingCount } from '../../../src/metrics/index.ts'
import { names } from '../awkward.ts'
import { metricCase, present, refused } from '../naive.ts'

export default [
  ...names.map((name) => metricCase(missingCount(name), (rows) => rows.length - present(rows, name).length)),
  metricCase(missingCount('nope'), refused('missing-column')),
]
