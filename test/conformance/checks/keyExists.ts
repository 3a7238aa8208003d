import { keyExists } from '../../../src/checks/index.ts'
import { email, int, text } from '../awkward.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { counted, identity } from '../naive.ts'

const asked: readonly (readonly [from: readonly string[], to: readonly string[]])[] = [
  [['small'], ['id']],
  [['id'], [int]],
  [['x'], ['y']],
  [
    ['id', 'small'],
    [int, 'id'],
  ],
  [[text], [email]],
]

const cases: readonly CheckCase[] = [
  ...asked.flatMap(([from, to]) =>
    (['ignore', 'fail'] as const).map((nulls) =>
      held(
        (d) => keyExists(d, from, d.where({ flag: true }), to, { nulls, mostly: 0.25 }),
        (rows) => {
          const keys = rows
            .filter(({ flag }) => flag === true)
            .map((row) => to.map((name) => row[name] ?? null))
            .filter((values) => !values.includes(null))
            .map((values) => JSON.stringify(values.map(identity)))
          const mine = rows.map((row) => from.map((name) => row[name] ?? null))
          const whole = mine.filter((values) => !values.includes(null))
          const lost = whole.filter((values) => !keys.includes(JSON.stringify(values.map(identity)))).length
          return nulls === 'fail'
            ? counted(rows, rows.length, lost + rows.length - whole.length, 0.25)
            : counted(rows, whole.length, lost, 0.25)
        },
      ),
    ),
  ),
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
