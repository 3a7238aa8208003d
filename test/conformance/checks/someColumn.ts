import { someColumn } from '../../../src/checks/index.ts'
import { type CheckCase, judged } from '../known.ts'

const cases: readonly CheckCase[] = [
  judged((d) => someColumn(d, ['none', 'x']), { status: 'pass', value: 1 }),
  judged((d) => someColumn(d, ['none', 'xx']), { status: 'fail', value: 0 }),
]
export default cases
