import { someColumn } from '../../../src/checks/index.ts'
import { names } from '../awkward.ts'
import { type CheckCase, held, judged } from '../known.ts'

const cases: readonly CheckCase[] = [
  ...[['none', 'x', 'y'], ['X', 'ID'], names].map((some) =>
    held(
      (d) => someColumn(d, some),
      () => {
        const value = some.filter((name) => names.includes(name)).length
        return { status: value > 0 ? 'pass' : 'fail', value }
      },
    ),
  ),
  judged((d) => someColumn(d, ['none', 'x']), { status: 'pass', value: 1 }),
  judged((d) => someColumn(d, ['none', 'xx']), { status: 'fail', value: 0 }),
]
export default cases
