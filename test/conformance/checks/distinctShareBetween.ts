import { distinctShareBetween } from '../../../src/checks/index.ts'
import { text } from '../awkward.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { present, tallied } from '../naive.ts'

const cases: readonly CheckCase[] = [
  ...['small', 'flag', text].map((name) =>
    held(
      (d) => distinctShareBetween(d.column(name), { min: 0.5 }),
      (rows) => {
        const values = present(rows, name).length
        if (values === 0) return { status: 'vacuous' }
        const value = tallied(rows, [name]).size / values
        return { status: value >= 0.5 ? 'pass' : 'fail', value }
      },
    ),
  ),
  judged((d) => distinctShareBetween(d.column('id'), { min: 1 }), { status: 'pass', measured: '100 %' }),
  judged((d) => distinctShareBetween(d.column('small'), { min: 0.9 }), { status: 'fail', value: 4 / 7 }),
  judged((d) => distinctShareBetween(d.where({ id: -1 }).column('id'), { min: 0.5 }), { status: 'vacuous' }),
]
export default cases
