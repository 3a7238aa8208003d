import { quantile } from '../../../src/metrics/index.ts'
import { int, text } from '../awkward.ts'
import { finite, metricCase, refused } from '../naive.ts'

export default [
  ...['small', 'x', 'y', 'day', 'at', int].flatMap((name) =>
    [0, 0.25, 0.5, 1].map((share) =>
      metricCase(quantile(name, share), (rows) => {
        const values = [...finite(rows, name)].sort((a, b) => a - b)
        const place = share * (values.length - 1)
        const [below, above] = [values[Math.floor(place)], values[Math.ceil(place)]]
        return below === undefined || above === undefined ? null : below + (above - below) * (place % 1)
      }),
    ),
  ),
  metricCase(quantile(text, 0.5), refused('wrong-type')),
  metricCase(quantile('nope', 0.5), refused('missing-column')),
]
