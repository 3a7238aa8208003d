import { distribution } from '../../../src/checks/index.ts'
import { text } from '../awkward.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { finite, present } from '../naive.ts'

/** The chance of at least k of n, naively. */
function atLeast(k: number, n: number, p: number): number {
  let sum = 0
  for (let i = Math.max(0, k); i <= n; i++) {
    let ways = 1
    for (let j = 0; j < i; j++) ways = (ways * (n - j)) / (j + 1)
    sum += ways * p ** i * (1 - p) ** (n - i)
  }
  return sum
}

const cases: readonly CheckCase[] = [
  held(
    (d) => distribution(d.column('flag'), { true: 0.5 }, { within: 0.4 }),
    (rows) => {
      const values = present(rows, 'flag')
      const [n, k] = [values.length, values.filter((value) => value === true).length]
      if (n === 0) return { status: 'vacuous' }
      const over = k / n > 0.5 ? atLeast(k, n, 0.9) : atLeast(n - k, n, 0.9)
      const under = Math.max(atLeast(n - k, n, 0.1), atLeast(k, n, 0.1))
      return { status: over <= 0.05 ? 'fail' : under <= 0.05 ? 'pass' : 'inconclusive', value: Math.abs(k / n - 0.5) }
    },
  ),
  held(
    (d) => distribution(d.column('small'), { quantiles: { 0.5: 2 } }, { within: 0.4 }),
    (rows) => {
      const values = finite(rows, 'small')
      const n = values.length
      if (n === 0) return { status: 'vacuous' }
      const [upTo, before] = [values.filter((x) => x <= 2).length, values.filter((x) => x < 2).length]
      return { value: Math.max(0, 0.5 - upTo / n, before / n - 0.5) }
    },
  ),
  judged((d) => distribution(d.column('flag'), { true: 0.05 }, { within: 0.1 }), {
    status: 'fail',
    title: 'shares "true" 5 %',
    expected: 'deviation of a share at most 0.1',
    message: '"true" 57.1 %, not 5 % (7 values)',
  }),
  judged((d) => distribution(d.column('small'), { '3': 0.4, '2': 0.3, '77': 0 }, { within: 0.05 }), {
    status: 'inconclusive',
    blocking: false,
  }),
  judged((d) => distribution(d.column('small'), { '3': 0.4 }, { onInconclusive: 'fail' }), {
    status: 'inconclusive',
    blocking: true,
  }),
  judged((d) => distribution(d.column(text), { 'a\nb\u2028c': 0.1 }, { within: 0.899 }), { status: 'pass' }),
  judged((d) => distribution(d.column('small'), { normal: { mean: 100, deviation: 1 } }), {
    status: 'fail',
    value: 1,
    title: 'a normal distribution (mean 100, deviation 1)',
  }),
  judged((d) => distribution(d.column('small'), 'uniform'), { status: 'inconclusive' }),
  judged((d) => distribution(d.column('small'), { uniform: { min: -5, max: 3 } }, { within: 0.99 }), {
    status: 'inconclusive',
  }),
  judged((d) => distribution(d.column('small'), 'normal', { within: 0.49 }), { status: 'inconclusive' }),
  judged((d) => distribution(d.column('x'), 'normal'), { status: 'error' }),
  judged((d) => distribution(d.column('day'), 'normal'), { status: 'error' }),
  judged((d) => distribution(d.where({ id: -1 }).column('small'), 'normal'), { status: 'vacuous', blocking: true }),
  judged((d) => distribution(d.column('small'), { yes: 0.5 }), { status: 'error' }),
  (d) => distribution(d.column('day'), { '2026-01-01': 0.2 }, { segmentBy: 'flag' }),
]
export default cases
