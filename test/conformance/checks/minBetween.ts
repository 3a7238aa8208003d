import { minBetween } from '../../../src/checks/index.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { finite, ofNumber, ofSome } from '../naive.ts'

const cases: readonly CheckCase[] = [
  ...['small', 'x', 'y'].map((name) =>
    held(
      (d) => minBetween(d.column(name), { gt: -2, max: 6 }),
      (rows) =>
        ofNumber(
          ofSome(finite(rows, name), 1, (values) => Math.min(...values)),
          (value) => value > -2 && value <= 6,
        ),
    ),
  ),
  ...['day', 'at'].map((name) =>
    held(
      (d) => minBetween(d.column(name), { min: '1969-12-31', lt: '2026-01-02' }),
      (rows) =>
        ofNumber(
          ofSome(finite(rows, name), 1, (values) => Math.min(...values)),
          (value) => value >= Date.UTC(1969, 11, 31) && value < Date.UTC(2026, 0, 2),
        ),
    ),
  ),
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
