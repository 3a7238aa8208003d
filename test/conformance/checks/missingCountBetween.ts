import { missingCountBetween } from '../../../src/checks/index.ts'
import { text } from '../awkward.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { present } from '../naive.ts'

const cases: readonly CheckCase[] = [
  ...['small', 'x', text].map((name) =>
    held(
      (d) => missingCountBetween(d.column(name), { max: 2 }),
      (rows) => {
        if (rows.length === 0) return { status: 'vacuous' }
        const value = rows.length - present(rows, name).length
        return { status: value <= 2 ? 'pass' : 'fail', value }
      },
    ),
  ),
  judged((d) => missingCountBetween(d.column('small'), { max: 1 }), { status: 'fail', value: 2, measured: '2' }),
  judged((d) => missingCountBetween(d.column('id'), { max: 0 }), { status: 'pass', value: 0 }),
  judged((d) => missingCountBetween(d.where({ id: -1 }).column('id'), { max: 0 }), { status: 'vacuous' }),
]
export default cases
