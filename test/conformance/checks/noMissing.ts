import { noMissing } from '../../../src/checks/index.ts'
import { names } from '../awkward.ts'
import type { CheckCase } from '../known.ts'

const cases: readonly CheckCase[] = names.map((name) => (d) => noMissing(d.column(name), { mostly: 8 / 9 }))
export default cases
