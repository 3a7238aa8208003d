import { valuesOfType } from '../../../src/checks/index.ts'
import { names } from '../awkward.ts'
import type { CheckCase } from '../known.ts'

const typeNames = ['boolean', 'integer', 'number', 'string', 'date', 'timestamp', 'timestamptz', 'time'] as const

const cases: readonly CheckCase[] = [...names, 'nope'].flatMap((name) =>
  typeNames.map((type) => (d) => valuesOfType(d.column(name), type)),
)
export default cases
