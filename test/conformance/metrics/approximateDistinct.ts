import { approximateDistinct } from '../../../src/metrics/approximate.ts'
import { int, text } from '../awkward.ts'
import { metricCase, tallied } from '../naive.ts'

export default ['id', int, text].map((name) =>
  metricCase(
    approximateDistinct(name),
    (rows) => tallied(rows, [name]).size,
    (value, exact) => Math.abs(value - exact) <= 1 + exact * 0.2,
  ),
)
