import { histogram } from '../../../src/metrics/index.ts'
import { int, text } from '../awkward.ts'
import { metricCase, numeric, present, refused } from '../naive.ts'

const asked: readonly (readonly [string, readonly number[]])[] = [
  ['y', [-1.25, 0, 0.5, 7]],
  ['x', [-1, 0, 1.5]],
  ['small', [1, 2, 3]],
  ['at', [0, 1e12, 2e12]],
  ['y', Array.from({ length: 25 }, (_, i) => i - 10.5)],
  [int, [-10, 10]],
]
export default [
  ...asked.map(([name, edges]) =>
    metricCase(histogram(name, edges), (rows) => {
      const values = present(rows, name).map(numeric).filter(Number.isFinite)
      const last = edges.at(-1)
      return edges.slice(1).map((upper, i) => {
        const lower = edges[i] as number
        return values.filter((value) => value >= lower && (value < upper || (upper === last && value === last))).length
      })
    }),
  ),
  metricCase(histogram(text, [0, 1]), refused('wrong-type')),
]
