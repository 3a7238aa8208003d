import { inspect } from 'node:util'
import { isDataset, isDatasetColumn } from '../src/dataset/dataset.ts'

/** An assertion as the user wrote it, with names for what stands in `expect(…)`: `expect(flights.delay).toX({ min: 0 })`. */
export function assertionLabel(name: string, received: unknown, args: readonly unknown[], isNot: boolean): string {
  return `expect(${subject(received)})${isNot ? '.not' : ''}.${name}(${args.map(argument).join(', ')})`
}

function subject(value: unknown): string {
  if (isDataset(value)) return `${value.name}${value.slice ? ` where ${value.slice}` : ''}`
  if (isDatasetColumn(value)) return `${subject(value.dataset)}.${value.name}`
  if (typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string')
    return value.name
  return argument(value)
}

function argument(value: unknown): string {
  if (isDataset(value) || isDatasetColumn(value)) return subject(value)
  const text = inspect(value, {
    depth: 1,
    breakLength: Number.POSITIVE_INFINITY,
    maxArrayLength: 4,
    maxStringLength: 40,
    compact: true,
  })
  return text.length > 80 ? '…' : text
}
