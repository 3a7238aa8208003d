import { sameSum } from '../../../src/checks/index.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { add, present } from '../naive.ts'

const cases: readonly CheckCase[] = [
  judged((d) => sameSum(d, d, 'small'), { status: 'pass', value: 9, measured: '9, and 9 there' }),
  judged((d) => sameSum(d.where({ id: [1, 2] }), d, 'small'), {
    status: 'fail',
    value: 3,
    measured: '3, and 9 there (66.7 % apart)',
  }),
  judged((d) => sameSum(d.where({ id: [1, 2] }), d, 'small', { tolerance: 0.7 }), { status: 'pass' }),
  judged((d) => sameSum(d.where({ id: -1 }), d, 'small'), { status: 'vacuous', blocking: true }),
  held(
    (d) => sameSum(d.where({ flag: true }), d, 'small'),
    (rows) => {
      const [mine, all] = [rows.filter(({ flag }) => flag === true), rows].map((some) =>
        present(some, 'small').map(Number),
      )
      if (!mine || !all || mine.length === 0 || all.length === 0) return { status: 'vacuous' }
      return { status: add(mine) === add(all) ? 'pass' : 'fail', value: add(mine) }
    },
  ),
  (d) => sameSum(d, d, 'x'),
  judged((d) => sameSum(d, d, 'day'), { status: 'error' }),
]
export default cases
