import { hasColumn } from '../../../src/checks/index.ts'
import { int } from '../awkward.ts'
import type { CheckCase } from '../known.ts'

const cases: readonly CheckCase[] = [
  (d) => hasColumn(d, int),
  (d) => hasColumn(d, 'ids'),
  (d) => hasColumn(d, 'zz', { severity: 'warn' }),
]
export default cases
