import { rowCount } from '../../../src/checks/index.ts'
import { email, text } from '../awkward.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { ofNumber } from '../naive.ts'

const cases: readonly CheckCase[] = [
  held(
    (d) => rowCount(d, 9),
    (rows) => ofNumber(rows.length, (value) => value === 9),
  ),
  held(
    (d) => rowCount(d, { gt: 9 }),
    (rows) => ofNumber(rows.length, (value) => value > 9),
  ),
  held(
    (d) => rowCount(d, { min: 9, lt: 20 }),
    (rows) => ofNumber(rows.length, (value) => value >= 9 && value < 20),
  ),
  held(
    (d) => rowCount(d.where({ [text]: "'; drop table t; --" }), 1),
    (rows) => ofNumber(rows.filter((row) => row[text] === "'; drop table t; --").length, (value) => value === 1),
  ),
  held(
    (d) => rowCount(d.where({ [email]: [null, 'x'] }), { min: 2, max: 2 }),
    (rows) => ofNumber(rows.filter((row) => (row[email] ?? 'x') === 'x').length, (value) => value === 2),
  ),
  judged((d) => rowCount(d, 9), { status: 'pass', measured: '9 rows' }),
]
export default cases
