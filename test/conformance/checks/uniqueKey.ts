import { uniqueKey } from '../../../src/checks/index.ts'
import { int, names } from '../awkward.ts'
import type { Dataset } from '../../../src/dataset/dataset.ts'
import type { CheckCase } from '../known.ts'

const cases: readonly CheckCase[] = [
  (d) => uniqueKey(d),
  ...names.map((name) => (d: Dataset) => uniqueKey(d, name)),
  (d) => uniqueKey(d, ['small', 'flag'], { nulls: 'fail' }),
  (d) => uniqueKey(d, [int, 'x'], { mostly: 0.5 }),
]
export default cases
