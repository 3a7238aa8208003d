import { valuesDecreasing } from '../../../src/checks/index.ts'
import { text } from '../awkward.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { counted, present } from '../naive.ts'

const cases: readonly CheckCase[] = [
  // 1, 2, null, 2, 3, 3, 3, null, -5
  judged((d) => valuesDecreasing(d.column('small'), { by: 'id' }), {
    status: 'fail',
    counts: { rows: 9, missing: 2, tested: 7, failed: 2 },
  }),
  judged((d) => valuesDecreasing(d.column('small'), { by: 'id', strictly: true }), {
    counts: { rows: 9, missing: 2, tested: 7, failed: 5 },
  }),
  held(
    (d) => valuesDecreasing(d.column('small'), { by: 'id' }),
    (rows) => {
      const values = present(rows, 'small').map(Number)
      return counted(
        rows,
        values.length,
        values.filter((value, i) => i > 0 && value > (values[i - 1] as number)).length,
      )
    },
  ),
  judged((d) => valuesDecreasing(d.where({ id: [5, 6, 9] }).column('small'), { by: 'id' }), { status: 'pass' }),
  (d) => valuesDecreasing(d.column('day'), { by: 'id' }),
  judged((d) => valuesDecreasing(d.column('small'), { by: 'id', mostly: 0.7 }), { status: 'pass' }),
  judged((d) => valuesDecreasing(d.column(text), { by: 'id' }), { status: 'error' }),
]
export default cases
