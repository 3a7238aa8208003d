import { standardDeviationBetween } from '../../../src/checks/index.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { deviation, finite, ofNumber } from '../naive.ts'

const cases: readonly CheckCase[] = [
  ...['small', 'x'].map((name) =>
    held(
      (d) => standardDeviationBetween(d.column(name), { max: 2.9 }),
      (rows) => ofNumber(deviation(finite(rows, name)), (value) => value <= 2.9),
    ),
  ),
  judged((d) => standardDeviationBetween(d.column('small'), { min: 1, max: 9 }), {
    status: 'pass',
    measured: '2.870208',
  }),
  (d) => standardDeviationBetween(d.column('small'), { gt: 100 }, { severity: 'warn' }),
  judged((d) => standardDeviationBetween(d.where({ id: -1 }).column('small'), { min: 1, max: 9 }), {
    status: 'vacuous',
    blocking: true,
  }),
  judged(
    (d) => standardDeviationBetween(d.where({ id: -1 }).column('small'), { min: 1, max: 9 }, { allowEmpty: true }),
    { status: 'pass' },
  ),
  (d) => standardDeviationBetween(d.column('x'), { min: 1, max: 9 }),
  (d) => standardDeviationBetween(d.column('day'), { min: 1, max: 9 }),
  (d) => standardDeviationBetween(d.column('none'), { min: 1, max: 9 }),
  judged((d) => standardDeviationBetween(d.column('small'), { max: 2 }), { status: 'fail' }),
]
export default cases
