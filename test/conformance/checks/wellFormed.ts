import { wellFormed } from '../../../src/checks/index.ts'
import type { CheckCase } from '../cases.ts'

const cases: readonly CheckCase[] = [(d) => wellFormed(d)]
export default cases
