import { valuesCovering } from '../../../src/checks/index.ts'
import { email, int, text } from '../awkward.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { present } from '../naive.ts'

const cases: readonly CheckCase[] = [
  held(
    (d) => valuesCovering(d.column('small'), [1, 2, 3]),
    (rows) => {
      const values = new Set(present(rows, 'small').map(Number))
      if (values.size === 0) return { status: 'vacuous' }
      const value = [1, 2, 3].filter((one) => values.has(one)).length
      return { status: value === 3 ? 'pass' : 'fail', value }
    },
  ),
  judged((d) => valuesCovering(d.column('small'), [1, 4, 4]), {
    status: 'fail',
    measured: '1 of 2 values',
    message: 'not there: 4',
  }),
  judged((d) => valuesCovering(d.column(text), ['', ' ']), { status: 'pass' }),
  judged((d) => valuesCovering(d.column(email), ['a@b.c', 'A@B.C', 'a@b.C']), { status: 'fail', value: 2 }),
  judged((d) => valuesCovering(d.column(int), [9007199254740993n, 9007199254740992n]), { status: 'pass' }),
  judged((d) => valuesCovering(d.column('day'), ['2024-02-29']), { status: 'pass' }),
  judged((d) => valuesCovering(d.column('small'), ['1']), { status: 'error' }),
  judged((d) => valuesCovering(d.where({ id: -1 }).column('small'), [1]), { status: 'vacuous', blocking: true }),
]
export default cases
