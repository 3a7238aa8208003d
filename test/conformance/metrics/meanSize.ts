import { meanSize } from '../../../src/metrics/meanSize.ts'
import { int, text } from '../awkward.ts'
import { add, metricCase, numeric, present, refused } from '../naive.ts'

export default [
  ...['small', 'y', 'x', int].flatMap((name) =>
    (['mean', 'sum'] as const).map((of) =>
      metricCase(meanSize(name, of), (rows) => {
        const values = present(rows, name).map(numeric).filter(Number.isFinite).map(Math.abs)
        return values.length === 0 ? null : add(values) / (of === 'mean' ? values.length : 1)
      }),
    ),
  ),
  ...[text, 'day'].map((name) => metricCase(meanSize(name, 'mean'), refused('wrong-type'))),
]
