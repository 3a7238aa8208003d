import { noMissing } from '../../../src/checks/index.ts'
import { names } from '../awkward.ts'
import { type CheckCase, held } from '../known.ts'
import { counted, present } from '../naive.ts'

const cases: readonly CheckCase[] = names.flatMap((name) =>
  [1, 8 / 9, 0.5].map((mostly) =>
    held(
      (d) => noMissing(d.column(name), { mostly }),
      (rows) => counted(rows, rows.length, rows.length - present(rows, name).length, mostly),
    ),
  ),
)
export default cases
