import { sumBetween } from '../../../src/checks/index.ts'
import { text } from '../awkward.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { add, finite, ofNumber, ofSome } from '../naive.ts'

const cases: readonly CheckCase[] = [
  ...['small', 'x'].map((name) =>
    held(
      (d) => sumBetween(d.column(name), { min: 0, lt: 60 }),
      (rows) => ofNumber(ofSome(finite(rows, name), 1, add), (value) => value >= 0 && value < 60),
    ),
  ),
  judged((d) => sumBetween(d.column('small'), { min: 9, max: 9 }), { status: 'pass', measured: '9', value: 9 }),
  judged((d) => sumBetween(d.column('small'), { gt: 9 }), { status: 'fail', expected: 'more than 9' }),
  judged((d) => sumBetween(d.where({ id: -1 }).column('small'), { min: 0 }), { status: 'vacuous', blocking: true }),
  (d) => sumBetween(d.where({ id: -1 }).column('small'), { min: 0 }, { allowEmpty: true }),
  judged((d) => sumBetween(d.column('x'), { min: 0 }), { status: 'error' }),
  (d) => sumBetween(d.column(text), { min: 0 }),
]
export default cases
