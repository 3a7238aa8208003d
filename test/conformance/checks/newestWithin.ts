import { newestWithin } from '../../../src/checks/index.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { finite, ofNumber, ofSome } from '../naive.ts'
import { NOW } from '../now.ts'

const HOUR = 3_600_000
const recent = ['day', 'at'] as const

const cases: readonly CheckCase[] = [
  ...recent.map((name) =>
    held(
      (d) => newestWithin(d.column(name), { days: 30, hours: 12 }),
      (rows) =>
        ofNumber(
          ofSome(finite(rows, name), 1, (values) => (NOW.getTime() - Math.max(...values)) / HOUR),
          (hours) => hours <= 732 && hours >= (name === 'day' ? -14 : -1 / 12),
        ),
    ),
  ),
  judged((d) => newestWithin(d.where({ id: [1, 2, 4, 5, 6] }).column('at'), { days: 31 }), {
    status: 'pass',
    measured: '30 days 23 hours old (2026-01-01T00:00:00.001Z)',
  }),
  judged((d) => newestWithin(d.where({ id: [1, 2, 3] }).column('day'), { days: 30, hours: 23 }), {
    status: 'fail',
    measured: '31 days old (2026-01-01)',
    value: 744,
    limit: { max: 743 },
  }),
  judged((d) => newestWithin(d.where({ id: [1, 2, 3] }).column('day'), { minutes: 60 * 744 }), { status: 'pass' }),
  judged((d) => newestWithin(d.column('at'), { days: 1 }), { status: 'fail' }),
  judged((d) => newestWithin(d.where({ id: 3 }).column('at'), { days: 1 }), { status: 'vacuous', blocking: true }),
  (d) => newestWithin(d.column('small'), { days: 1 }),
]
export default cases
