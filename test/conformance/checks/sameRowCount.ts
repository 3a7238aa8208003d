import { sameRowCount } from '../../../src/checks/index.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { ofNumber } from '../naive.ts'

const cases: readonly CheckCase[] = [
  judged((d) => sameRowCount(d, d), { status: 'pass', value: 9, measured: '9 rows, and 9 there' }),
  judged((d) => sameRowCount(d.where({ id: 1 }), d), { status: 'fail', measured: '1 row, and 9 there' }),
  held(
    (d) => sameRowCount(d.where({ flag: true }), d.where({ flag: false })),
    (rows) => {
      const some = (wanted: boolean) => rows.filter(({ flag }) => flag === wanted).length
      return ofNumber(some(true), (value) => value === some(false))
    },
  ),
]
export default cases
