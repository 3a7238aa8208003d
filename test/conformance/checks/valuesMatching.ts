import { valuesMatching } from '../../../src/checks/index.ts'
import { email, text } from '../awkward.ts'
import { type CheckCase, judged } from '../known.ts'

const cases: readonly CheckCase[] = [
  (d) => valuesMatching(d.column(email), /^[^@\s]+@[^@\s]+$/),
  (d) => valuesMatching(d.column(email), /^k.$/i),
  (d) => valuesMatching(d.column(text), /^.*$/),
  (d) => valuesMatching(d.column(text), /\S/s, { nulls: 'fail' }),
  (d) => valuesMatching(d.column(text), /\bdrop\b|^\P{L}*$/u),
  (d) => valuesMatching(d.column('x'), /a/),
  judged((d) => valuesMatching(d.column(email), /^[^]{1,6}$/u), { status: 'pass' }),
]
export default cases
