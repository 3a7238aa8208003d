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
  (d) => maxBetween(d.column('none'), { min: 1, max: 9 }),
]
export default cases
