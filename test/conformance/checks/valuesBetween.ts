import { valuesBetween } from '../../../src/checks/index.ts'
import type { Bounds } from '../../../src/checks/bounds.ts'
import type { RowCheckOptions } from '../../../src/checks/parameters/options.ts'
import { int, text } from '../awkward.ts'
import type { Dataset } from '../../../src/dataset/dataset.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { ofValues } from '../naive.ts'

const asked: readonly (readonly [Bounds<number | bigint>, RowCheckOptions])[] = [
  [{ min: 0 }, {}],
  [{ max: 1.5 }, { mostly: 0.5 }],
  [{ gt: 0, lt: 7 }, { nulls: 'fail' }],
  [{ min: -1.25, max: 9007199254740992n }, {}],
]

/** Beyond a limit; numbers that are not finite lie within none. */
const beyond = (value: unknown, { min, max, gt, lt }: Bounds<number | bigint>): boolean => {
  const number = value as number
  if (typeof number === 'number' && !Number.isFinite(number)) return true
  const below = (min !== undefined && number < min) || (gt !== undefined && number <= gt)
  return below || (max !== undefined && number > max) || (lt !== undefined && number >= lt)
}

const cases: readonly CheckCase[] = [
  ...['x', 'y', int, 'small'].flatMap((name) =>
    asked.map(([limits, options]) =>
      held(
        (d) => valuesBetween(d.column(name), limits, options),
        (rows) => ofValues(rows, name, (value) => beyond(value, limits), options),
      ),
    ),
  ),
  ...['flag', 'day', text].map((name) => (d: Dataset) => valuesBetween(d.column(name), { min: 0 })),
  ...['day', 'at'].flatMap((name) =>
    [{ min: '1969-12-31', max: '2026-01-01' }, { gt: '1969-12-31' }, { lt: '2026-01-01' }].map((limits) =>
      held(
        (d) => valuesBetween(d.column(name), limits),
        (rows) =>
          ofValues(rows, name, (value) =>
            beyond(
              (value as Date).getTime(),
              Object.fromEntries(Object.entries(limits).map(([limit, text]) => [limit, Date.parse(text)])),
            ),
          ),
      ),
    ),
  ),
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
