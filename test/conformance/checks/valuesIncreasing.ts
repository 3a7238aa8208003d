import { valuesIncreasing } from '../../../src/checks/index.ts'
import { text } from '../awkward.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { inOrder } from '../naive.ts'

const cases: readonly CheckCase[] = [
  ...['id', 'small', 'at'].map((by) =>
    held(
      (d) => valuesIncreasing(d.column('y'), { by, strictly: true, mostly: 0.5 }),
      (rows) => inOrder(rows, { column: 'y', by }, (value, before) => value <= before, 0.5),
    ),
  ),
  judged((d) => valuesIncreasing(d.column('id'), { by: 'id', strictly: true }), {
    status: 'pass',
    counts: { rows: 9, missing: 0, tested: 9, failed: 0 },
  }),
  // 1, 2, null, 2, 3, 3, 3, null, -5
  judged((d) => valuesIncreasing(d.column('small'), { by: 'id' }), {
    status: 'fail',
    counts: { rows: 9, missing: 2, tested: 7, failed: 1 },
  }),
  judged((d) => valuesIncreasing(d.column('small'), { by: 'id', strictly: true }), {
    counts: { rows: 9, missing: 2, tested: 7, failed: 4 },
  }),
  judged((d) => valuesIncreasing(d.column('small'), { by: 'id', mostly: 0.8 }), { status: 'pass' }),
  // Rows of one place are not compared: of -5, 1, 2, 2, 3, 3, 3 each place begins beyond the one before.
  judged((d) => valuesIncreasing(d.column('small'), { by: 'small', strictly: true }), { status: 'pass' }),
  judged((d) => valuesIncreasing(d.where({ id: -1 }).column('id'), { by: 'id' }), { status: 'vacuous' }),
  // NaN and infinities fail, and nothing is compared with them.
  held(
    (d) => valuesIncreasing(d.column('x'), { by: 'id' }),
    (rows) => inOrder(rows, { column: 'x', by: 'id' }, (value, before) => value < before),
  ),
  held(
    (d) => valuesIncreasing(d.column('id'), { by: 'at' }),
    (rows) => inOrder(rows, { column: 'id', by: 'at' }, (value, before) => value < before),
  ),
  held(
    (d) => valuesIncreasing(d.column('day'), { by: 'id' }),
    (rows) => inOrder(rows, { column: 'day', by: 'id' }, (value, before) => value < before),
  ),
  judged((d) => valuesIncreasing(d.column(text), { by: 'id' }), { status: 'error' }),
  (d) => valuesIncreasing(d.column('id'), { by: 'none' }),
]
export default cases
