import { valueLengthBetween } from '../../../src/checks/index.ts'
import { email, text } from '../awkward.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { ofValues } from '../naive.ts'

const length = (value: unknown): number => (value as string).match(/./gsu)?.length ?? 0

const cases: readonly CheckCase[] = [
  held(
    (d) => valueLengthBetween(d.column(text), { min: 1, max: 5 }),
    (rows) => ofValues(rows, text, (value) => length(value) < 1 || length(value) > 5),
  ),
  held(
    (d) => valueLengthBetween(d.column(email), { gt: 1, lt: 6 }, { nulls: 'fail' }),
    (rows) => ofValues(rows, email, (value) => length(value) <= 1 || length(value) >= 6, { nulls: 'fail' }),
  ),
  (d) => valueLengthBetween(d.column('id'), { max: 5 }),
  judged((d) => valueLengthBetween(d.column(email), { min: 1, max: 6 }), { status: 'pass' }),
]
export default cases
