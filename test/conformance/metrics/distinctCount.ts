import { distinctCount } from '../../../src/metrics/index.ts'
import { email, names, text } from '../awkward.ts'
import { metricCase, refused, tallied } from '../naive.ts'

const sets: readonly (readonly string[])[] = [...names.map((name) => [name]), ['small', 'flag'], [email, text]]
export default [
  ...sets.map((set) => metricCase(distinctCount(set), (rows) => tallied(rows, set).size)),
  metricCase(distinctCount(['small', 'nope']), refused('missing-column')),
]
