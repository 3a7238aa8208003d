import { columnOrder } from '../../../src/checks/index.ts'
import { columns } from '../awkward.ts'
import { type CheckCase, judged } from '../known.ts'

const names = columns.map(({ name }) => name)
const cases: readonly CheckCase[] = [
  judged((d) => columnOrder(d, names), { status: 'pass' }),
  judged((d) => columnOrder(d, [names[0] as string, names[2] as string, 'none']), { status: 'pass' }),
  judged((d) => columnOrder(d, [names[1] as string, names[0] as string]), { status: 'fail' }),
]
export default cases
