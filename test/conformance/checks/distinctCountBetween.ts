import { distinctCountBetween } from '../../../src/checks/index.ts'
import { text } from '../awkward.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { ofNumber, present, tallied } from '../naive.ts'

const cases: readonly CheckCase[] = [
  ...['small', 'x', 'y', 'day', 'flag', text].map((name) =>
    held(
      (d) => distinctCountBetween(d.column(name), { min: 3, max: 9 }),
      (rows) =>
        ofNumber(
          present(rows, name).length === 0 ? null : tallied(rows, [name]).size,
          (value) => value >= 3 && value <= 9,
        ),
    ),
  ),
  judged((d) => distinctCountBetween(d.column('small'), { min: 1, max: 9 }), {
    status: 'pass',
    value: 4,
    measured: '4',
  }),
  (d) => distinctCountBetween(d.column('small'), { gt: 100 }, { severity: 'warn' }),
  judged((d) => distinctCountBetween(d.where({ id: -1 }).column('small'), { min: 1, max: 9 }), {
    status: 'vacuous',
    blocking: true,
  }),
  judged((d) => distinctCountBetween(d.where({ id: -1 }).column('small'), { min: 1, max: 9 }, { allowEmpty: true }), {
    status: 'pass',
  }),
  (d) => distinctCountBetween(d.column('y'), { min: 1, max: 9 }),
  (d) => distinctCountBetween(d.column('day'), { min: 1, max: 9 }),
  (d) => distinctCountBetween(d.column('none'), { min: 1, max: 9 }),
  judged((d) => distinctCountBetween(d.column('small'), { min: 5 }), { status: 'fail', value: 4 }),
]
export default cases
