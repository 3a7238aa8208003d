import { valuesSequential } from '../../../src/checks/index.ts'
import { int, text } from '../awkward.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { counted, present } from '../naive.ts'

const cases: readonly CheckCase[] = [
  judged((d) => valuesSequential(d.column('id'), { by: 'id' }), {
    status: 'pass',
    counts: { rows: 9, missing: 0, tested: 9, failed: 0 },
  }),
  held(
    (d) => valuesSequential(d.column('small'), { by: 'id' }),
    (rows) => {
      const values = present(rows, 'small').map(Number)
      return counted(
        rows,
        values.length,
        values.filter((value, i) => i > 0 && value - (values[i - 1] as number) !== 1).length,
      )
    },
  ),
  judged((d) => valuesSequential(d.where({ id: [1, 3, 5] }).column('id'), { by: 'id', step: 2 }), { status: 'pass' }),
  judged((d) => valuesSequential(d.column('id'), { by: 'id', step: -1 }), {
    status: 'fail',
    counts: { rows: 9, missing: 0, tested: 9, failed: 8 },
  }),
  judged((d) => valuesSequential(d.column('day'), { by: 'day' }), { status: 'fail' }),
  (d) => valuesSequential(d.where({ id: [1, 8] }).column('day'), { by: 'day' }),
  (d) => valuesSequential(d.where({ id: [1, 2, 8, 9] }).column(int), { by: 'id' }),
  judged((d) => valuesSequential(d.column('y'), { by: 'id' }), { status: 'error' }),
  judged((d) => valuesSequential(d.column(text), { by: 'id' }), { status: 'error' }),
]
export default cases
