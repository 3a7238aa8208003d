import { wellFormed } from '../../../src/checks/index.ts'
import { type CheckCase, held } from '../known.ts'

// What is in memory was read whole; test/checks/wellFormed.test.ts asks it of files.
const cases: readonly CheckCase[] = [
  held(
    (d) => wellFormed(d),
    () => ({ status: 'pass' }),
  ),
]
export default cases
