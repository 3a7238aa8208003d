import { columnCount } from '../../../src/checks/index.ts'
import { type CheckCase, held, judged } from '../known.ts'

const cases: readonly CheckCase[] = [
  held(
    (d) => columnCount(d, 10),
    () => ({ status: 'pass', value: 10, measured: '10 columns' }),
  ),
  judged((d) => columnCount(d, { max: 9 }), { status: 'fail', title: 'column count at most 9' }),
  judged((d) => columnCount(d, { max: 9 }, { severity: 'warn' }), { status: 'warn', blocking: false }),
]
export default cases
