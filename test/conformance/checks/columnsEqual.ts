import { columnsEqual } from '../../../src/checks/index.ts'
import { int, text } from '../awkward.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { identity, ofCells } from '../naive.ts'

const differ = (values: readonly unknown[]): boolean => new Set(values.map(identity)).size > 1

const cases: readonly CheckCase[] = [
  ...(['any', 'all', 'never'] as const).map((missing) =>
    held(
      (d) => columnsEqual(d, ['id', 'small'], { missing, mostly: 0.2 }),
      (rows) => ofCells(rows, ['id', 'small'], differ, { missing, mostly: 0.2 }),
    ),
  ),
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
  held(
    (d) => columnsEqual(d, ['x', 'y']),
    (rows) => ofCells(rows, ['x', 'y'], differ),
  ),
  held(
    (d) => columnsEqual(d, ['id', int, 'small']),
    (rows) => ofCells(rows, ['id', int, 'small'], differ),
  ),
  held(
    (d) => columnsEqual(d, [text, text]),
    (rows) => ofCells(rows, [text, text], differ),
  ),
  held(
    (d) => columnsEqual(d, ['day', 'at']),
    (rows) => ofCells(rows, ['day', 'at'], differ),
  ),
  (d) => columnsEqual(d, ['id', 'none']),
]
export default cases
