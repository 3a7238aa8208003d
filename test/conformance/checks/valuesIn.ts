import { valuesIn } from '../../../src/checks/index.ts'
import { int, text } from '../awkward.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { ofValues } from '../naive.ts'

/** Whether a value is none of some; numbers and bigints are compared by value, times by their milliseconds. */
const noneOf =
  (some: readonly unknown[]) =>
  (value: unknown): boolean => {
    const plain = value instanceof Date ? value.getTime() : value
    return !some.some((one) => (typeof one === 'string' || typeof plain === 'string' ? one === plain : one == plain))
  }

const cases: readonly CheckCase[] = [
  held(
    (d) => valuesIn(d.column(int), [9007199254740993n, 1, 0.5, 1e300]),
    (rows) => ofValues(rows, int, noneOf([9007199254740993n, 1, 0.5, 1e300])),
  ),
  held(
    (d) => valuesIn(d.column('x'), [0, 0.5, 9007199254740993n]),
    (rows) => ofValues(rows, 'x', noneOf([0, 0.5, 9007199254740993n])),
  ),
  held(
    (d) => valuesIn(d.column('y'), [-1e-300, 1e300, 7n]),
    (rows) => ofValues(rows, 'y', noneOf([-1e-300, 1e300, 7n])),
  ),
  held(
    (d) => valuesIn(d.column(text), ["'; drop table t; --", '😀', ''], { nulls: 'fail' }),
    (rows) => ofValues(rows, text, noneOf(["'; drop table t; --", '😀', '']), { nulls: 'fail' }),
  ),
  held(
    (d) => valuesIn(d.column('flag'), [true]),
    (rows) => ofValues(rows, 'flag', noneOf([true])),
  ),
  held(
    (d) => valuesIn(d.column('day'), ['2026-01-01', new Date('1969-12-31'), '9999-12-31']),
    (rows) => ofValues(rows, 'day', noneOf(['2026-01-01', '1969-12-31', '9999-12-31'].map((day) => Date.parse(day)))),
  ),
  held(
    (d) => valuesIn(d.column('at'), ['2026-01-01', '2026-01-01T00:00:00.001Z', '2026-01-02 00:00']),
    (rows) => ofValues(rows, 'at', noneOf([Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 1) + 1, Date.UTC(2026, 0, 2)])),
  ),
  (d) => valuesIn(d.column(text), [1]),
  (d) => valuesIn(d.column('id'), ['1']),
  judged((d) => valuesIn(d.column('small'), [1, 2, 3, -5]), { status: 'pass' }),
]
export default cases
