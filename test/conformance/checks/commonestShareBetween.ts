import { commonestShareBetween } from '../../../src/checks/index.ts'
import { text } from '../awkward.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { present, tallied } from '../naive.ts'

const cases: readonly CheckCase[] = [
  ...['small', 'flag', text].map((name) =>
    held(
      (d) => commonestShareBetween(d.column(name), { max: 0.5 }),
      (rows) => {
        const values = present(rows, name).length
        if (values === 0) return { status: 'vacuous' }
        const value = Math.max(...tallied(rows, [name]).values()) / values
        return { status: value <= 0.5 ? 'pass' : 'fail', value }
      },
    ),
  ),
  judged((d) => commonestShareBetween(d.column('id'), { max: 0.2 }), { status: 'pass', value: 1 / 9 }),
  judged((d) => commonestShareBetween(d.column('small'), { max: 0.4 }), { status: 'fail', value: 3 / 7 }),
  judged((d) => commonestShareBetween(d.where({ id: -1 }).column('id'), { max: 0.5 }), { status: 'vacuous' }),
]
export default cases
