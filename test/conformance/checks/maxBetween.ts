import { maxBetween } from '../../../src/checks/index.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { finite, ofNumber, ofSome } from '../naive.ts'

const cases: readonly CheckCase[] = [
  ...['small', 'x', 'y'].map((name) =>
    held(
      (d) => maxBetween(d.column(name), { gt: -2, max: 6 }),
      (rows) =>
        ofNumber(
          ofSome(finite(rows, name), 1, (values) => Math.max(...values)),
          (value) => value > -2 && value <= 6,
        ),
    ),
  ),
  ...['day', 'at'].map((name) =>
    held(
      (d) => maxBetween(d.column(name), { min: '1969-12-31', lt: '2026-01-02' }),
      (rows) =>
        ofNumber(
          ofSome(finite(rows, name), 1, (values) => Math.max(...values)),
          (value) => value >= Date.UTC(1969, 11, 31) && value < Date.UTC(2026, 0, 2),
        ),
    ),
  ),
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
