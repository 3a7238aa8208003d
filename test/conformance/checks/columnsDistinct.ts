import { columnsDistinct } from '../../../src/checks/index.ts'
import { int } from '../awkward.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { counted } from '../naive.ts'

const whole = ['id', int, 'small']

const cases: readonly CheckCase[] = [
  held(
    (d) => columnsDistinct(d, whole),
    (rows) => {
      const tested = rows.filter((row) => whole.every((name) => row[name] !== null && row[name] !== undefined))
      const alike = tested.filter(
        (row) => new Set(whole.map((name) => BigInt(row[name] as number))).size < whole.length,
      )
      return counted(rows, tested.length, alike.length)
    },
  ),
  judged((d) => columnsDistinct(d, ['id', 'id']), {
    status: 'fail',
    counts: { rows: 9, missing: 0, tested: 9, failed: 9 },
  }),
  judged((d) => columnsDistinct(d, ['id', 'small'], { missing: 'never' }), {
    counts: { rows: 9, missing: 0, tested: 9, failed: 4 },
  }),
  judged((d) => columnsDistinct(d, ['small', 'flag']), { status: 'pass' }),
  judged((d) => columnsDistinct(d.where({ id: -1 }), ['id', 'small']), { status: 'vacuous' }),
  (d) => columnsDistinct(d, ['x', 'y']),
  (d) => columnsDistinct(d, ['day', 'at']),
  (d) => columnsDistinct(d, ['id', 'none']),
]
export default cases
