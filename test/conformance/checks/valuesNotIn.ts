import { valuesNotIn } from '../../../src/checks/index.ts'
import { email, int, text } from '../awkward.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { counted, present } from '../naive.ts'

const cases: readonly CheckCase[] = [
  held(
    (d) => valuesNotIn(d.column('small'), [2, -5]),
    (rows) => {
      const values = present(rows, 'small').map(Number)
      return counted(rows, values.length, values.filter((value) => value === 2 || value === -5).length)
    },
  ),
  held(
    (d) => valuesNotIn(d.column(email), ['a@b.c', '12']),
    (rows) => {
      const values = present(rows, email)
      return counted(rows, values.length, values.filter((value) => value === 'a@b.c' || value === '12').length)
    },
  ),
  judged((d) => valuesNotIn(d.column('small'), [7]), { status: 'pass' }),
  judged((d) => valuesNotIn(d.column('small'), [1], { nulls: 'fail' }), {
    status: 'fail',
    counts: { rows: 9, missing: 0, tested: 9, failed: 3 },
  }),
  judged((d) => valuesNotIn(d.column('small'), ['1']), { status: 'error' }),
  (d) => valuesNotIn(d.column(int), [9007199254740993n]),
  (d) => valuesNotIn(d.column(text), ['', ' ']),
  (d) => valuesNotIn(d.column('day'), ['2026-01-01']),
]
export default cases
