import { minBetween } from '../../../src/checks/index.ts'
import { type CheckCase, judged } from '../known.ts'

const cases: readonly CheckCase[] = [
  judged((d) => minBetween(d.column('small'), { min: 1, max: 9 }), { status: 'fail', value: -5, measured: '-5' }),
  (d) => minBetween(d.column('small'), { gt: 100 }, { severity: 'warn' }),
  judged((d) => minBetween(d.where({ id: -1 }).column('small'), { min: 1, max: 9 }), {
    status: 'vacuous',
    blocking: true,
  }),
  judged((d) => minBetween(d.where({ id: -1 }).column('small'), { min: 1, max: 9 }, { allowEmpty: true }), {
    status: 'pass',
  }),
  (d) => minBetween(d.column('y'), { min: 1, max: 9 }),
  (d) => minBetween(d.column('day'), { min: 1, max: 9 }),
  judged((d) => minBetween(d.column('day'), { min: '0001-01-01' }), { status: 'pass', measured: '0001-01-01' }),
  judged((d) => minBetween(d.column('at'), { gt: '1969-12-31T23:59:59.999Z' }), {
    status: 'fail',
    measured: '1969-12-31T23:59:59.999Z',
  }),
  judged((d) => minBetween(d.column('small'), { gt: '1969-12-31' }), { status: 'error' }),
  judged((d) => minBetween(d.where({ id: 3 }).column('day'), { gt: '1969-12-31' }), { status: 'vacuous' }),
  (d) => minBetween(d.column('none'), { min: 1, max: 9 }),
]
export default cases
