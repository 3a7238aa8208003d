import { valuesNotMatching } from '../../../src/checks/index.ts'
import { email, text } from '../awkward.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { counted, present } from '../naive.ts'

const expressions = [/@/u, /^[a-z]/u, /\s$/u, /(.)\1/u]

const cases: readonly CheckCase[] = [
  ...expressions.flatMap((pattern) =>
    [email, text].map((name) =>
      held(
        (d) => valuesNotMatching(d.column(name), pattern),
        (rows) => {
          const values = present(rows, name).map(String)
          return counted(rows, values.length, values.filter((value) => pattern.test(value)).length)
        },
      ),
    ),
  ),
  judged((d) => valuesNotMatching(d.column(email), /%/u), { status: 'pass' }),
  judged((d) => valuesNotMatching(d.column('small'), /1/u), { status: 'error' }),
]
export default cases
