import { meanBetween } from '../../../src/checks/index.ts'
import { type CheckCase, judged } from '../known.ts'

const cases: readonly CheckCase[] = [
  judged((d) => meanBetween(d.column('small'), { min: 1, max: 9 }), { status: 'pass', measured: '1.285714' }),
  (d) => meanBetween(d.column('small'), { gt: 100 }, { severity: 'warn' }),
  judged((d) => meanBetween(d.where({ id: -1 }).column('small'), { min: 1, max: 9 }), {
    status: 'vacuous',
    blocking: true,
  }),
  judged((d) => meanBetween(d.where({ id: -1 }).column('small'), { min: 1, max: 9 }, { allowEmpty: true }), {
    status: 'pass',
  }),
  (d) => meanBetween(d.column('x'), { min: 1, max: 9 }),
  (d) => meanBetween(d.column('day'), { min: 1, max: 9 }),
  (d) => meanBetween(d.column('none'), { min: 1, max: 9 }),
  judged((d) => meanBetween(d.column('small'), { min: 2 }), { status: 'fail', value: 9 / 7 }),
]
export default cases
