import { sameRowCount } from '../../../src/checks/index.ts'
import { type CheckCase, judged } from '../known.ts'

const cases: readonly CheckCase[] = [
  judged((d) => sameRowCount(d, d), { status: 'pass', value: 9, measured: '9 rows, and 9 there' }),
  judged((d) => sameRowCount(d.where({ id: 1 }), d), { status: 'fail', measured: '1 row, and 9 there' }),
]
export default cases
