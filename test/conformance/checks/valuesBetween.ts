import { valuesBetween } from '../../../src/checks/index.ts'
import { int, text } from '../awkward.ts'
import type { Dataset } from '../../../src/dataset/dataset.ts'
import { type CheckCase, judged } from '../known.ts'

const cases: readonly CheckCase[] = [
  ...['x', 'y', int, 'small', 'flag', 'day', text].flatMap((name) => [
    (d: Dataset) => valuesBetween(d.column(name), { min: 0 }),
    (d: Dataset) => valuesBetween(d.column(name), { gt: 0, lt: 7 }, { nulls: 'fail' }),
    (d: Dataset) => valuesBetween(d.column(name), { max: 1.5 }, { mostly: 0.5 }),
  ]),
  judged((d) => valuesBetween(d.column('day'), { min: '1969-12-31', max: '2026-01-02' }), {
    status: 'fail',
    title: 'values between 1969-12-31 and 2026-01-02',
    counts: { rows: 9, missing: 1, tested: 8, failed: 2 },
  }),
  judged(
    (d) => valuesBetween(d.column('at'), { gt: new Date('1969-12-31T23:59:59.999Z'), lt: '2026-01-01T01:00+01:00' }),
    {
      status: 'fail',
      counts: { rows: 9, missing: 1, tested: 8, failed: 7 },
    },
  ),
  judged((d) => valuesBetween(d.column('at'), { min: '0001-01-01' }), { status: 'pass' }),
  judged((d) => valuesBetween(d.column('small'), { min: '2026-01-01' }), { status: 'error' }),
  (d) => valuesBetween(d.column(text), { min: '2026-01-01' }),
  (d) => valuesBetween(d.where({ id: -1 }).column('x'), { min: 0 }),
  (d) => valuesBetween(d.where({ id: -1 }).column('x'), { min: 0 }, { allowEmpty: true }),
  (d) => valuesBetween(d.column('xx'), { min: 0 }),
]
export default cases
