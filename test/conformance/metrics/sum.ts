import { sum } from '../../../src/metrics/index.ts'
import { int, text } from '../awkward.ts'
import { add, finite, metricCase, present, refused, whole } from '../naive.ts'

export default [
  ...['small', int].map((name) =>
    metricCase(sum(name), (rows) => {
      const values = present(rows, name).map((value) => BigInt(value as number))
      return values.length === 0 ? null : whole(values.reduce((a, b) => a + b, 0n))
    }),
  ),
  metricCase(sum('x'), (rows) => {
    const values = finite(rows, 'x')
    return values.length === 0 ? null : add(values)
  }),
  metricCase(sum('day'), refused('wrong-type')),
  metricCase(sum(text), refused('wrong-type')),
  metricCase(sum('nope'), refused('missing-column')),
]
