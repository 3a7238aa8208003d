import { AssayError, kindOf } from '../errors.ts'
import { isPlainObject } from '../options.ts'
import { exactText } from '../words/text/numbers.ts'
import { isPersonal, type MftCase } from './mft.ts'
import { shown } from './shown.ts'
import { quoted } from '../words/text/quoted.ts'

/** What makes groups of cases: `capability`, a field of inputs that are records, or what a function says of a case. */
export type GroupBy = string | ((one: MftCase) => unknown)

/**
 * What cases are sliced by: one thing; several fields, each by itself and every two together; or `*`, all fields of the
 * inputs, of which numbers are cut into four parts.
 */
export type SliceBy = GroupBy | readonly string[]

const MOST = 200
/** Slices by several fields: each is a group of its own. */
const MOST_FOUND = 2000
/** A number with more values than these is cut into quarters. */
const FEW = 12

const HINT = "name a field of the inputs, 'capability', or give a function of the case"

/** Throws an AssayError for what makes no groups. */
export function checkGroupBy(groupBy: unknown, asker: string, name: string): void {
  if (groupBy === undefined || typeof groupBy === 'function' || (typeof groupBy === 'string' && groupBy !== '')) return
  throw new AssayError('wrong-argument', `${asker} got ${kindOf(groupBy)} as ${name}`, { hint: HINT })
}

/** Throws an AssayError for what slices nothing. */
export function checkSliceBy(sliceBy: unknown, asker: string): void {
  if (!Array.isArray(sliceBy)) return checkGroupBy(sliceBy, asker, 'sliceBy')
  const fields = sliceBy as readonly unknown[]
  if (
    fields.length === 0 ||
    new Set(fields).size < fields.length ||
    fields.some((one) => typeof one !== 'string' || one === '')
  )
    throw new AssayError('wrong-argument', `${asker} got a list as sliceBy that is none of fields`, {
      hint: "name each field once: sliceBy: ['country', 'device']",
    })
}

/** What cases are sliced by, in words; undefined where a function says it. */
export function byText(sliceBy: SliceBy | undefined): string | undefined {
  if (sliceBy === undefined || typeof sliceBy === 'function') return undefined
  if (sliceBy === '*') return 'any field'
  return typeof sliceBy === 'string' ? sliceBy : sliceBy.join(', ')
}

/** The places of each slice, by its name. */
export type Slices = ReadonlyMap<string, readonly number[]>

/** Places by value; undefined for a case without one. */
type Values = readonly (string | undefined)[]

/**
 * The places of each group, by what its cases have in common; cases without a value are in none. What personal cases have
 * in common is not told.
 */
export function groupsOf(cases: readonly MftCase[], groupBy: GroupBy, asker: string): Slices {
  const values = typeof groupBy === 'function' ? cases.map((one) => read(groupBy(one))) : valuesOf(cases, groupBy)
  const groups = placesOf(values)
  if (groups.size === 0) throw noValue(asker, typeof groupBy === 'string' ? [groupBy] : [])
  if (groups.size > MOST) throw tooMany(asker, groups.size, MOST)
  return discreet(cases, groups)
}

/** The places of each slice. Those of several fields that have fewer cases than `floor` are left out. */
export function slicesOf(cases: readonly MftCase[], sliceBy: SliceBy, asker: string, floor: number): Slices {
  if (typeof sliceBy === 'function' || (typeof sliceBy === 'string' && sliceBy !== '*'))
    return groupsOf(cases, sliceBy, asker)
  const named = Array.isArray(sliceBy)
  const fields = named ? (sliceBy as readonly string[]) : fieldsOf(cases)
  const columns = fields
    .map((field) => ({ field, values: valuesOf(cases, field, true) }))
    .filter(({ values }) => named || new Set(values).size <= MOST)
  const missing = columns.filter(({ values }) => values.every((value) => value === undefined))
  if (columns.length === 0 || missing.length > 0)
    throw noValue(
      asker,
      missing.map(({ field }) => field),
    )
  const slices = new Map<string, readonly number[]>()
  const add = (values: Values): void => {
    for (const [name, places] of placesOf(values)) {
      if (places.length < floor || places.length === cases.length) continue
      if (slices.size === MOST_FOUND) throw tooMany(asker, slices.size, MOST_FOUND)
      slices.set(name, places)
    }
  }
  const labels = columns.map(({ field, values }) =>
    values.map((value) => (value === undefined ? undefined : `${field}: ${value}`)),
  )
  labels.forEach(add)
  labels.forEach((one, i) => {
    for (const other of labels.slice(i + 1))
      add(one.map((value, k) => (value === undefined || other[k] === undefined ? undefined : `${value}, ${other[k]}`)))
  })
  return discreet(cases, slices)
}

function fieldsOf(cases: readonly MftCase[]): readonly string[] {
  const fields = new Set<string>()
  for (const { input } of cases) if (isPlainObject(input)) for (const field of Object.keys(input)) fields.add(field)
  if (cases.some(({ capability }) => capability !== undefined)) fields.add('capability')
  return [...fields]
}

function valuesOf(cases: readonly MftCase[], field: string, cutting = false): Values {
  const raw = cases.map(({ capability, input }): unknown =>
    field === 'capability'
      ? capability
      : isPlainObject(input) && Object.hasOwn(input, field)
        ? input[field]
        : undefined,
  )
  const numbers = raw.filter((value) => typeof value === 'number')
  if (!cutting || numbers.length === 0 || new Set(numbers).size <= FEW) return raw.map(read)
  const sorted = numbers.toSorted((a, b) => a - b)
  const edges = [0, 0.25, 0.5, 0.75, 1].map((share) => sorted[Math.floor(share * (sorted.length - 1))] as number)
  return raw.map((value) => {
    if (typeof value !== 'number') return read(value)
    const part = [1, 2, 3].find((i) => value <= (edges[i] as number)) ?? 4
    return `${exactText(edges[part - 1] as number)} to ${exactText(edges[part] as number)}`
  })
}

const read = (value: unknown): string | undefined =>
  value === undefined || value === null || value === '' ? undefined : shown(value)

function placesOf(values: Values): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>()
  values.forEach((value, i) => {
    if (value === undefined) return
    const places = groups.get(value)
    if (places) places.push(i)
    else groups.set(value, [i])
  })
  return groups
}

const discreet = (cases: readonly MftCase[], slices: Slices): Slices =>
  cases.some(isPersonal) ? new Map([...slices.values()].map((places, i) => [`slice ${i + 1}`, places])) : slices

const noValue = (asker: string, fields: readonly string[]): AssayError =>
  new AssayError(
    'wrong-argument',
    `${asker}: no case has a value to slice by${fields.length === 0 ? '' : ` in ${quoted(fields)}`}`,
    { hint: HINT },
  )

const tooMany = (asker: string, count: number, most: number): AssayError =>
  new AssayError('wrong-argument', `${asker}: the cases have ${count} values to slice by`, {
    hint: `slices are of at most ${most} values: give a function that puts them into groups`,
  })
