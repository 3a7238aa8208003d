import { columnsEqual } from '../../../src/checks/index.ts'
import { int, text } from '../awkward.ts'
import { type CheckCase, judged } from '../known.ts'

const cases: readonly CheckCase[] = [
  judged((d) => columnsEqual(d, ['id', 'id']), {
    status: 'pass',
    counts: { rows: 9, missing: 0, tested: 9, failed: 0 },
  }),
  // small is 1, 2, null, 2, 3, 3, 3, null, -5 beside the ids 1 to 9.
  judged((d) => columnsEqual(d, ['id', 'small']), {
    status: 'fail',
    counts: { rows: 9, missing: 2, tested: 7, failed: 5 },
  }),
  judged((d) => columnsEqual(d, ['id', 'small'], { missing: 'never' }), {
    counts: { rows: 9, missing: 0, tested: 9, failed: 7 },
  }),
  judged((d) => columnsEqual(d, ['id', 'small'], { missing: 'all' }), {
    counts: { rows: 9, missing: 0, tested: 9, failed: 7 },
  }),
  judged((d) => columnsEqual(d, ['id', 'small'], { mostly: 0.2 }), { status: 'pass' }),
  judged((d) => columnsEqual(d.where({ id: -1 }), ['id', 'small']), { status: 'vacuous' }),
  (d) => columnsEqual(d, ['x', 'y']),
  (d) => columnsEqual(d, ['id', int, 'small']),
  (d) => columnsEqual(d, [text, text]),
  (d) => columnsEqual(d, ['day', 'at']),
  (d) => columnsEqual(d, ['id', 'none']),
]
export default cases
