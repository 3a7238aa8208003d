import { quantileBetween } from '../../../src/checks/index.ts'
import { text } from '../awkward.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { finite } from '../naive.ts'

const cases: readonly CheckCase[] = [
  held(
    (d) => quantileBetween(d.column('small'), { max: 3 }, { at: 0.9 }),
    (rows) => {
      const values = [...finite(rows, 'small')].sort((a, b) => a - b)
      if (values.length === 0) return { status: 'vacuous' }
      const place = 0.9 * (values.length - 1)
      const [below = 0, above = 0] = [values[Math.floor(place)], values[Math.ceil(place)]]
      const value = below + (above - below) * (place % 1)
      return { status: value <= 3 ? 'pass' : 'fail' }
    },
  ),
  judged((d) => quantileBetween(d.column('small'), { min: -5, max: -5 }, { at: 0 }), { status: 'pass', value: -5 }),
  judged((d) => quantileBetween(d.column('small'), { lt: 3 }, { at: 1 }), {
    status: 'fail',
    value: 3,
    title: 'quantile at 100 % less than 3',
  }),
  judged((d) => quantileBetween(d.where({ id: -1 }).column('small'), { min: 0 }), {
    status: 'vacuous',
    blocking: true,
  }),
  (d) => quantileBetween(d.column(text), { min: 0 }),
]
export default cases
