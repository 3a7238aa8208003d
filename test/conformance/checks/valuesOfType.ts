import { valuesOfType } from '../../../src/checks/index.ts'
import { columns } from '../awkward.ts'
import { type CheckCase, held } from '../known.ts'
import { ofValues } from '../naive.ts'

const typeNames = ['boolean', 'integer', 'number', 'string', 'date', 'timestamp', 'timestamptz', 'time'] as const

const integer = /^[+-]?(0|[1-9]\d*)$/
const number = /^[+-]?((0|[1-9]\d*)(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i

/** Whether a cell of a text file is not of the type. */
function wronglyWritten(value: unknown, held: string, type: string): boolean {
  if (value instanceof Date) return type !== 'string' && type !== held
  const text = String(value as string | number)
  return typeof value === 'number' && type === 'number' ? !Number.isFinite(value) : wrong(text, 'string', type)
}

/** Whether a value of a column is not of the type; no text of the awkward table is written like a time. */
function wrong(value: unknown, held: string, type: string): boolean {
  if (typeof value === 'string') {
    if (type === 'integer') return !integer.test(value)
    if (type === 'number') return !number.test(value)
    if (type === 'boolean') return !/^(true|false|[tf])$/i.test(value)
    return type !== 'string'
  }
  if (type === 'number' && (held === 'integer' || held === 'number'))
    return held === 'number' && !Number.isFinite(value)
  if (type === 'integer' && held === 'number') return !Number.isInteger(value)
  return type !== held
}

const cases: readonly CheckCase[] = [
  ...columns.flatMap(({ name, type: holds }) =>
    typeNames.map((type) =>
      held(
        (d) => valuesOfType(d.column(name), type),
        (rows, textual) => ofValues(rows, name, (value) => (textual ? wronglyWritten : wrong)(value, holds, type)),
      ),
    ),
  ),
  (d) => valuesOfType(d.column('nope'), 'integer'),
]
export default cases
