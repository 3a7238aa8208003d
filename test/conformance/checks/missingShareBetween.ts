import { missingShareBetween } from '../../../src/checks/index.ts'
import { names } from '../awkward.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { ofNumber, present } from '../naive.ts'

const cases: readonly CheckCase[] = [
  ...names.map((name) =>
    held(
      (d) => missingShareBetween(d.column(name), { gt: 0, max: 0.25 }),
      (rows) =>
        ofNumber(
          rows.length === 0 ? null : 1 - present(rows, name).length / rows.length,
          (value) => value > 0 && value <= 0.25,
        ),
    ),
  ),
  judged((d) => missingShareBetween(d.column('id'), { max: 0 }), { status: 'pass', value: 0, measured: '0 %' }),
  judged((d) => missingShareBetween(d.where({ id: -1 }).column('small'), { max: 0.5 }), { status: 'vacuous' }),
]
export default cases
