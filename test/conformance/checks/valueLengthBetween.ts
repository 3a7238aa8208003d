import { valueLengthBetween } from '../../../src/checks/index.ts'
import { email, text } from '../awkward.ts'
import { type CheckCase, judged } from '../known.ts'

const cases: readonly CheckCase[] = [
  (d) => valueLengthBetween(d.column(text), { min: 1, max: 5 }),
  (d) => valueLengthBetween(d.column(email), { gt: 1, lt: 6 }, { nulls: 'fail' }),
  (d) => valueLengthBetween(d.column('id'), { max: 5 }),
  judged((d) => valueLengthBetween(d.column(email), { min: 1, max: 6 }), { status: 'pass' }),
]
export default cases
