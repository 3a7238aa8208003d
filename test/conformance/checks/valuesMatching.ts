import { valuesMatching } from '../../../src/checks/index.ts'
import { email, text } from '../awkward.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { ofValues } from '../naive.ts'

const cases: readonly CheckCase[] = [
  held(
    (d) => valuesMatching(d.column(email), /^[^@\s]+@[^@\s]+$/),
    (rows) => ofValues(rows, email, (value) => !/^[^@\s]+@[^@\s]+$/.test(value as string)),
  ),
  held(
    (d) => valuesMatching(d.column(email), /^k.$/i),
    (rows) => ofValues(rows, email, (value) => !/^k.$/i.test(value as string)),
  ),
  held(
    (d) => valuesMatching(d.column(text), /^.*$/),
    (rows) => ofValues(rows, text, (value) => !/^.*$/.test(value as string)),
  ),
  held(
    (d) => valuesMatching(d.column(text), /\S/s, { nulls: 'fail' }),
    (rows) => ofValues(rows, text, (value) => !/\S/s.test(value as string), { nulls: 'fail' }),
  ),
  held(
    (d) => valuesMatching(d.column(text), /\bdrop\b|^\P{L}*$/u),
    (rows) => ofValues(rows, text, (value) => !/\bdrop\b|^\P{L}*$/u.test(value as string)),
  ),
  (d) => valuesMatching(d.column('x'), /a/),
  judged((d) => valuesMatching(d.column(email), /^[^]{1,6}$/u), { status: 'pass' }),
]
export default cases
