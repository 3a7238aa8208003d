import { commonestCount } from '../../../src/metrics/index.ts'
import { email, text } from '../awkward.ts'
import { metricCase, refused, tallied } from '../naive.ts'

export default [
  ...[['small'], [text], [email], ['flag'], ['x'], ['day'], ['id', 'small']].map((columns) =>
    metricCase(commonestCount(columns), (rows) => {
      const counts = [...tallied(rows, columns).values()]
      return counts.length === 0 ? null : Math.max(...counts)
    }),
  ),
  metricCase(commonestCount('nope'), refused('missing-column')),
]
