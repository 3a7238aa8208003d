import { columnsAscending } from '../../../src/checks/index.ts'
import { int, text } from '../awkward.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { ofCells } from '../naive.ts'

type Ordered = number | bigint | Date

/** Whether the values do not ascend; a number that is not finite has no place. */
const descend = (values: readonly unknown[]): boolean =>
  values.some((value, i) => {
    if (typeof value === 'number' && !Number.isFinite(value)) return true
    return i > 0 && (value as Ordered) < (values[i - 1] as Ordered)
  })

const cases: readonly CheckCase[] = [
  ...(['any', 'all', 'never'] as const).flatMap((missing) =>
    [false, true].map((strictly) =>
      held(
        (d) => columnsAscending(d, ['small', 'id'], { missing, strictly, mostly: 0.5 }),
        (rows) =>
          ofCells(rows, ['small', 'id'], ([a, b]) => (strictly ? Number(b) <= Number(a) : Number(b) < Number(a)), {
            missing,
            mostly: 0.5,
          }),
      ),
    ),
  ),
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
  held(
    (d) => columnsAscending(d, [int, 'id', 'small']),
    (rows) => ofCells(rows, [int, 'id', 'small'], descend),
  ),
  held(
    (d) => columnsAscending(d, ['x', 'y']),
    (rows) => ofCells(rows, ['x', 'y'], descend),
  ),
  held(
    (d) => columnsAscending(d, ['day', 'at']),
    (rows) => ofCells(rows, ['day', 'at'], descend),
  ),
  judged((d) => columnsAscending(d, ['id', text]), { status: 'error' }),
  judged((d) => columnsAscending(d, ['id', 'day']), { status: 'error' }),
]
export default cases
