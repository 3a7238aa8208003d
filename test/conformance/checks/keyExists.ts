import { keyExists } from '../../../src/checks/index.ts'
import { int, text } from '../awkward.ts'
import { type CheckCase, judged } from '../known.ts'

const cases: readonly CheckCase[] = [
  judged((d) => keyExists(d, 'id', d, 'id'), { status: 'pass', counts: { rows: 9, missing: 0, tested: 9, failed: 0 } }),
  judged((d) => keyExists(d, 'small', d, 'id'), {
    status: 'fail',
    counts: { rows: 9, missing: 2, tested: 7, failed: 1 },
  }),
  judged((d) => keyExists(d, 'small', d, 'id', { nulls: 'fail' }), {
    status: 'fail',
    counts: { rows: 9, missing: 0, tested: 9, failed: 3 },
  }),
  judged((d) => keyExists(d, 'small', d, 'id', { mostly: 0.8 }), { status: 'pass' }),
  judged((d) => keyExists(d.where({ id: -1 }), 'small', d, 'id'), { status: 'vacuous' }),
  (d) => keyExists(d, ['id', 'small'], d, [int, 'id']),
  (d) => keyExists(d, text, d, text),
  (d) => keyExists(d, 'none', d, 'id'),
]
export default cases
