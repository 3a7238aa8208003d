import { sameRows } from '../../../src/checks/index.ts'
import { type CheckCase, held, judged } from '../known.ts'

const cases: readonly CheckCase[] = [
  judged((d) => sameRows(d, d), { status: 'pass', value: 0, measured: 'the same rows' }),
  judged((d) => sameRows(d.where({ id: [1, 2, 3] }), d), { status: 'fail', value: 6, measured: '6 rows fewer' }),
  judged((d) => sameRows(d, d.where({ id: [1, 2, 3] })), {
    status: 'fail',
    value: 6,
    measured: '6 rows more than there',
  }),
  judged((d) => sameRows(d.where({ id: [1, 2] }), d.where({ id: [2, 3] }), { severity: 'warn' }), {
    status: 'warn',
    measured: '1 row more than there, 1 row fewer',
  }),
  judged((d) => sameRows(d.where({ id: -1 }), d.where({ id: -1 })), { status: 'vacuous' }),
  judged((d) => sameRows(d.where({ id: -1 }), d.where({ id: -1 }), { allowEmpty: true }), { status: 'pass', value: 0 }),
  held(
    (d) => sameRows(d.where({ flag: true }), d),
    (rows) => {
      if (rows.length === 0) return { status: 'vacuous' }
      const value = rows.filter(({ flag }) => flag !== true).length
      return { status: value === 0 ? 'pass' : 'fail', value }
    },
  ),
]
export default cases
