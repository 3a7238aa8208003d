import { missingShareBetween } from '../../../src/checks/index.ts'
import { type CheckCase, judged } from '../known.ts'

const cases: readonly CheckCase[] = [
  (d) => missingShareBetween(d.column('small'), { max: 0.5 }),
  (d) => missingShareBetween(d.column('y'), { lt: 0.01 }),
  judged((d) => missingShareBetween(d.column('id'), { max: 0 }), { status: 'pass', value: 0, measured: '0 %' }),
  judged((d) => missingShareBetween(d.where({ id: -1 }).column('small'), { max: 0.5 }), { status: 'vacuous' }),
]
export default cases
