import { onlyColumns } from '../../../src/checks/index.ts'
import { names, text } from '../awkward.ts'
import type { CheckCase } from '../known.ts'

const cases: readonly CheckCase[] = [(d) => onlyColumns(d, names), (d) => onlyColumns(d, ['id', text])]
export default cases
