import { sum } from '../../../src/metrics/index.ts'
import type { Metric } from '../../../src/metrics/metric.ts'
import { known } from '../known.ts'
import { int, rows, text } from '../awkward.ts'

// Exact, beyond 2^53 too.
const whole = rows.reduce((total, row) => total + BigInt((row[1] as bigint | number | null) ?? 0), 0n)
const exact = Number.isSafeInteger(Number(whole)) ? Number(whole) : whole

const cases: readonly Metric[] = [
  known(sum('small'), 9),
  known(sum(int), exact),
  sum('x'),
  sum('day'),
  sum(text),
  sum('nope'),
]
export default cases
