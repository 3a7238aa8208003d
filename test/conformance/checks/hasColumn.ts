import { hasColumn } from '../../../src/checks/index.ts'
import { names } from '../awkward.ts'
import { type CheckCase, held } from '../known.ts'

const cases: readonly CheckCase[] = [
  ...[...names, 'ids', 'ID'].map((name) =>
    held(
      (d) => hasColumn(d, name),
      () => ({ status: names.includes(name) ? 'pass' : 'fail' }),
    ),
  ),
  (d) => hasColumn(d, 'zz', { severity: 'warn' }),
]
export default cases
