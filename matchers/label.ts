import { inspect } from 'node:util'
import { isDataset, isDatasetColumn } from '../src/dataset/dataset.ts'

/** An assertion as the user wrote it, with names for what stands in `expect(…)`: `expect(flights.delay).toX({ min: 0 })`. */
export function assertionLabel(name: string, received: unknown, args: readonly unknown[], isNot: boolean): string {
  return `expect(${subject(received)})${isNot ? '.not' : ''}.${name}(${args.map(argument).join(', ')})`
}

function subject(value: unknown): string {
  return named(value) ?? argument(value)
}

/** Datasets, columns, models and perturbations go by their names, a schema of a library by the library's. */
function named(value: unknown): string | undefined {
  if (isDataset(value)) return `${value.name}${value.slice ? ` where ${value.slice}` : ''}`
  if (isDatasetColumn(value)) return `${subject(value.dataset)}.${value.name}`
  if (typeof value === 'function' || (typeof value === 'object' && value !== null)) {
    const vendor = (value as { '~standard'?: { vendor?: unknown } })['~standard']?.vendor
    if (typeof vendor === 'string') return `${vendor} schema`
  }
  const own = typeof value === 'object' && value !== null && 'name' in value ? value.name : undefined
  return typeof own === 'string' && Object.values(value as object).some((one) => typeof one === 'function')
    ? own
    : undefined
}

function argument(value: unknown): string {
  const name = named(value)
  if (name !== undefined) return name
  const plain = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  const shown = plain ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, asText(one)])) : value
  const text = inspect(shown, {
    depth: 1,
    breakLength: Number.POSITIVE_INFINITY,
    maxArrayLength: 4,
    maxStringLength: 40,
    compact: true,
  })
  return text.length > 80 ? '…' : text
}

/** A named thing inside an options object, for `inspect`, which would write out what is in it. */
function asText(value: unknown): unknown {
  const name = named(value)
  return name === undefined ? value : { [inspect.custom]: () => name }
}
