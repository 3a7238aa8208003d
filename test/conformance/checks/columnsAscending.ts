import { columnsAscending } from '../../../src/checks/index.ts'
import { int, text } from '../awkward.ts'
import { type CheckCase, judged } from '../known.ts'

const cases: readonly CheckCase[] = [
  judged((d) => columnsAscending(d, ['small', 'id']), {
    status: 'pass',
    counts: { rows: 9, missing: 2, tested: 7, failed: 0 },
  }),
  judged((d) => columnsAscending(d, ['small', 'id'], { strictly: true }), {
    status: 'fail',
    counts: { rows: 9, missing: 2, tested: 7, failed: 2 },
  }),
  judged((d) => columnsAscending(d, ['small', 'id'], { missing: 'never' }), {
    counts: { rows: 9, missing: 0, tested: 9, failed: 2 },
  }),
  (d) => columnsAscending(d, [int, 'id', 'small']),
  (d) => columnsAscending(d, ['x', 'y']),
  (d) => columnsAscending(d, ['day', 'at']),
  judged((d) => columnsAscending(d, ['id', text]), { status: 'error' }),
  judged((d) => columnsAscending(d, ['id', 'day']), { status: 'error' }),
]
export default cases
