import { uniqueKey } from '../../../src/checks/index.ts'
import type { RowCheckOptions } from '../../../src/checks/parameters/options.ts'
import { int, names } from '../awkward.ts'
import { type CheckCase, held } from '../known.ts'
import { add, counted, tallied } from '../naive.ts'

const sets: readonly (readonly string[])[] = [...names.map((name) => [name]), ['small', 'flag'], [int, 'x']]

const cases: readonly CheckCase[] = [
  (d) => uniqueKey(d),
  ...sets.flatMap((set) =>
    ([{}, { nulls: 'fail' }, { mostly: 0.5 }] as const).map((options: RowCheckOptions) =>
      held(
        (d) => uniqueKey(d, set, options),
        (rows) => {
          const counts = [...tallied(rows, set).values()]
          const [whole, repeated] = [add(counts), add(counts.filter((n) => n > 1))]
          return options.nulls === 'fail'
            ? counted(rows, rows.length, repeated + rows.length - whole)
            : counted(rows, whole, repeated, options.mostly)
        },
      ),
    ),
  ),
]
export default cases
