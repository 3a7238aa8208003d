import { meanBetween } from '../../../src/checks/index.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { add, finite, ofNumber, ofSome } from '../naive.ts'

const cases: readonly CheckCase[] = [
  ...['small', 'x'].map((name) =>
    held(
      (d) => meanBetween(d.column(name), { gt: 1, max: 5 }),
      (rows) =>
        ofNumber(
          ofSome(finite(rows, name), 1, (values) => add(values) / values.length),
          (value) => value > 1 && value <= 5,
        ),
    ),
  ),
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
