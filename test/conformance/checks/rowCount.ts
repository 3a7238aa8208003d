import { rowCount } from '../../../src/checks/index.ts'
import { email, text } from '../awkward.ts'
import type { CheckCase } from '../known.ts'

const cases: readonly CheckCase[] = [
  (d) => rowCount(d, 9),
  (d) => rowCount(d, { gt: 9 }),
  (d) => rowCount(d.where({ [text]: "'; drop table t; --" }), 1),
  (d) => rowCount(d.where({ [email]: [null, 'x'] }), { min: 2, max: 2 }),
]
export default cases
