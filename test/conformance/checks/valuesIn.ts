import { valuesIn } from '../../../src/checks/index.ts'
import { int, text } from '../awkward.ts'
import { type CheckCase, judged } from '../known.ts'

const cases: readonly CheckCase[] = [
  (d) => valuesIn(d.column(int), [9007199254740993n, 1, 0.5, 1e300]),
  (d) => valuesIn(d.column('x'), [0, 0.5, 9007199254740993n]),
  (d) => valuesIn(d.column('y'), [-1e-300, 1e300, 7n]),
  (d) => valuesIn(d.column(text), ["'; drop table t; --", '😀', ''], { nulls: 'fail' }),
  (d) => valuesIn(d.column('flag'), [true]),
  (d) => valuesIn(d.column('day'), ['2026-01-01', new Date('1969-12-31'), '9999-12-31']),
  (d) => valuesIn(d.column('at'), ['2026-01-01', '2026-01-01T00:00:00.001Z', '2026-01-02 00:00']),
  (d) => valuesIn(d.column(text), [1]),
  (d) => valuesIn(d.column('id'), ['1']),
  judged((d) => valuesIn(d.column('small'), [1, 2, 3, -5]), { status: 'pass' }),
]
export default cases
