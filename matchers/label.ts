import { inspect } from 'node:util'
import { catalogue, ownKinds } from '../src/checks/catalogue.ts'
import { spellsOut } from '../src/dataset/personal.ts'
import { isDataset, isDatasetColumn } from '../src/dataset/dataset.ts'
import { anyPersonal, shownSlice, shownSql } from '../src/dataset/sliceWords.ts'
import { isSql } from '../src/sql/sql.ts'
import { shorten } from '../src/words/text/visible.ts'

/** An assertion as the user wrote it, with names for what stands in `expect(…)`: `expect(flights.delay).toX({ min: 0 })`. */
export function assertionLabel(name: string, received: unknown, args: readonly unknown[], isNot: boolean): string {
  const secret = isDatasetColumn(received) && anyPersonal([received.name], received.dataset.pii)
  const parameters = secret ? parametersOf(name) : []
  const shown = args.map((value, i) => {
    if (isSql(value)) return `sql\`${shorten(shownSql(value, personalOf(received)), 80)}\``
    return secret && mayHoldValues(value, parameters[i]) ? '…' : argument(value)
  })
  return `expect(${subject(received)})${isNot ? '.not' : ''}.${name}(${shown.join(', ')})`
}

/** The personal columns of what stands in `expect(…)`. */
function personalOf(received: unknown): readonly string[] {
  if (isDataset(received)) return received.pii
  return isDatasetColumn(received) ? received.dataset.pii : []
}

/** What the arguments of a matcher are called, but for its options. */
function parametersOf(name: string): readonly string[] {
  const kind = [...catalogue(), ...ownKinds()].find(({ matcher }) => matcher === name)
  return kind?.parameters.map((parameter) => parameter.name) ?? []
}

/** Whether an argument about a personal column may hold values of it; limits and options are no values. */
function mayHoldValues(value: unknown, parameter: string | undefined): boolean {
  if (named(value) !== undefined) return false
  if (value instanceof RegExp) return spellsOut(value)
  if (typeof value !== 'object' || value === null) return true
  // The keys of whatever else may be values, as those of shares are.
  if (parameter !== undefined && parameter !== 'bounds') return true
  const { min, max } = value as { readonly min?: unknown; readonly max?: unknown }
  // A range of one number is that number.
  if (min !== undefined && min === max) return true
  return (
    Object.getPrototypeOf(value) !== Object.prototype || Object.values(value).some((one) => typeof one === 'object')
  )
}

function subject(value: unknown): string {
  return named(value) ?? argument(value)
}

/** Datasets, columns, models and perturbations go by their names, a schema of a library by the library's. */
function named(value: unknown): string | undefined {
  if (isDataset(value)) {
    const slice = shownSlice(value)
    return `${value.name}${slice ? ` where ${slice}` : ''}`
  }
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
  // Cases are shown one by one where they fail, and may be of personal columns.
  if (Array.isArray(value) && value.some((one) => typeof one === 'object' && one !== null)) return '…'
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
