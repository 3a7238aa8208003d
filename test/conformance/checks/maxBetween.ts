import { maxBetween } from '../../../src/checks/index.ts'
import { type CheckCase, judged } from '../known.ts'

const cases: readonly CheckCase[] = [
  judged((d) => maxBetween(d.column('small'), { min: 1, max: 9 }), { status: 'pass', value: 3, measured: '3' }),
  (d) => maxBetween(d.column('small'), { gt: 100 }, { severity: 'warn' }),
  judged((d) => maxBetween(d.where({ id: -1 }).column('small'), { min: 1, max: 9 }), {
    status: 'vacuous',
    blocking: true,
  }),
  judged((d) => maxBetween(d.where({ id: -1 }).column('small'), { min: 1, max: 9 }, { allowEmpty: true }), {
    status: 'pass',
  }),
  (d) => maxBetween(d.column('y'), { min: 1, max: 9 }),
  (d) => maxBetween(d.column('day'), { min: 1, max: 9 }),
  judged((d) => maxBetween(d.column('at'), { max: '9999-12-31T23:59:59Z' }), {
    status: 'pass',
    value: 253402300799000,
  }),
  (d) => maxBetween(d.column('day'), { lt: new Date('2026-01-01') }),
  (d) => maxBetween(d.column('none'), { min: 1, max: 9 }),
]
export default cases
