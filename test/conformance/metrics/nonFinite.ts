import { nonFinite } from '../../../src/checks/distribution/finiteNumbers.ts'
import { int, text } from '../awkward.ts'
import { metricCase, present, refused } from '../naive.ts'

export default [
  ...['x', 'y', 'small', int].map((name) =>
    metricCase(
      nonFinite(name),
      (rows) => present(rows, name).filter((value) => typeof value === 'number' && !Number.isFinite(value)).length,
    ),
  ),
  metricCase(nonFinite(text), refused('wrong-type')),
]
