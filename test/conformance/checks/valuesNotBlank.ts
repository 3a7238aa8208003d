import { valuesNotBlank } from '../../../src/checks/index.ts'
import { email, text } from '../awkward.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { counted, present } from '../naive.ts'

const cases: readonly CheckCase[] = [
  ...[email, text].map((name) =>
    held(
      (d) => valuesNotBlank(d.column(name)),
      (rows) => {
        const values = present(rows, name).map(String)
        return counted(rows, values.length, values.filter((value) => value.trim() === '').length)
      },
    ),
  ),
  judged((d) => valuesNotBlank(d.column(text)), {
    status: 'fail',
    counts: { rows: 9, missing: 1, tested: 8, failed: 2 },
  }),
  judged((d) => valuesNotBlank(d.column(text), { mostly: 0.75 }), { status: 'pass' }),
  judged((d) => valuesNotBlank(d.column('small')), { status: 'error' }),
]
export default cases
