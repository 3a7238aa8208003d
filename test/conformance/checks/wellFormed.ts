import { wellFormed } from '../../../src/checks/index.ts'
import type { CheckCase } from '../known.ts'

const cases: readonly CheckCase[] = [(d) => wellFormed(d)]
export default cases
