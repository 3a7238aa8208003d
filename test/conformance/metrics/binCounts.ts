import { binCounts } from '../../../src/drift/bins/binCounts.ts'
import type { Threshold } from '../../../src/metrics/bins.ts'
import { int } from '../awkward.ts'
import { metricCase, numeric, present } from '../naive.ts'

const thresholds = (...values: readonly (readonly [number, boolean])[]): readonly Threshold[] =>
  values.map(([value, inclusive]) => ({ value, inclusive }))

const cases: readonly (readonly [string, readonly Threshold[]])[] = [
  ['y', thresholds([-1.25, false], [-1.25, true], [0, true], [0.5, false], [7, true])],
  ['x', thresholds([0.5, true])],
  ['x', []],
  ['small', thresholds([1, true], [2, false], [3, true])],
  ['day', thresholds([0, false], [1e12, true])],
  ['at', thresholds([-1, true], [0, true], [2e12, false])],
  ['y', Array.from({ length: 25 }, (_, i) => ({ value: i - 10.5, inclusive: i % 2 === 0 }))],
  [int, thresholds([-10, false], [10, true])],
]

export default cases.map(([name, asked]) =>
  metricCase(binCounts(name, asked), (rows) => {
    const values = present(rows, name).map(numeric)
    const frequencies = new Array<number>(asked.length + 1).fill(0)
    for (const value of values) {
      if (!Number.isFinite(value)) continue
      const place = asked.findIndex(({ value: end, inclusive }) => value < end || (inclusive && value === end))
      const bin = place < 0 ? asked.length : place
      frequencies[bin] = (frequencies[bin] as number) + 1
    }
    const infinite = (sign: number) => values.filter((value) => value === sign * Number.POSITIVE_INFINITY).length
    return { frequencies, infinite: [infinite(-1), infinite(1)] as const }
  }),
)
