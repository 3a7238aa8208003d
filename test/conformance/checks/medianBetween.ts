import { medianBetween } from '../../../src/checks/index.ts'
import { text } from '../awkward.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { finite } from '../naive.ts'

const cases: readonly CheckCase[] = [
  held(
    (d) => medianBetween(d.column('small'), { min: 1, max: 3 }),
    (rows) => {
      const values = [...finite(rows, 'small')].sort((a, b) => a - b)
      if (values.length === 0) return { status: 'vacuous' }
      const [low = 0, high = 0] = [values[Math.ceil(values.length / 2) - 1], values[Math.floor(values.length / 2)]]
      const value = (low + high) / 2
      return { status: value >= 1 && value <= 3 ? 'pass' : 'fail', value }
    },
  ),
  judged((d) => medianBetween(d.column('small'), { gt: 2 }), { status: 'fail', value: 2, expected: 'more than 2' }),
  judged((d) => medianBetween(d.where({ id: -1 }).column('small'), { min: 0 }), { status: 'vacuous', blocking: true }),
  judged((d) => medianBetween(d.column('x'), { min: 0 }), { status: 'error' }),
  judged((d) => medianBetween(d.column('day'), { min: 0 }), { status: 'error' }),
  (d) => medianBetween(d.column(text), { min: 0 }),
]
export default cases
