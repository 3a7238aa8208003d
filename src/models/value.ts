import { types } from 'node:util'
import { wholeDigits } from '../bytes/exactJson.ts'
import { textOf } from '../errors.ts'
import { isPlainObject } from '../options.ts'

/** What answers are compared as: a JSON value, with whole numbers of any size. */
export type AnswerValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly AnswerValue[]
  | { readonly [name: string]: AnswerValue }

/** Why something is no value: a phrase such as `a Map at scores, which is no JSON value`. */
export class NoValue extends Error {}

const DEEPEST = 500
const MOST = 4_000_000

interface Walk {
  readonly path: (string | number)[]
  readonly within: object[]
  left: number
  readonly dates: DateReading
}

/** Whether dates become their ISO text, or who is told where each of them was. */
type DateReading = boolean | ((path: readonly (string | number)[]) => void)

/**
 * A deep copy of JSON, so that nobody can change it afterwards; bigints stay. Throws `NoValue` for all that JSON cannot
 * hold or would silently change: undefined, functions, symbols, numbers that are not finite, promises, generators, dates
 * (with `dates` they become their ISO text), Map, Set, typed arrays, boxed primitives and other objects of classes, lists with gaps or with properties, names that are symbols, objects that hold themselves, more than 500
 * levels, more than four million values, and what throws while it is read.
 */
export function snapshot(value: unknown, { dates = false }: { readonly dates?: DateReading } = {}): AnswerValue {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  try {
    return copied(value, { path: [], within: [], left: MOST, dates })
  } catch (error) {
    if (error instanceof NoValue) throw error
    throw new NoValue(`something that cannot be read: ${textOf(error)}`, { cause: error })
  }
}

function copied(value: unknown, walk: Walk): AnswerValue {
  if (walk.left-- === 0) throw new NoValue('more than four million values')
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint' || value === null)
    return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (typeof value !== 'object') throw no(described(value), walk, typeof value !== 'number' && value !== undefined)
  if (walk.dates && types.isDate(value)) {
    const time = Date.prototype.getTime.call(value)
    if (Number.isNaN(time)) throw no('an invalid date', walk)
    if (typeof walk.dates === 'function') walk.dates(walk.path)
    return new Date(time).toISOString()
  }
  if (walk.within.includes(value)) throw no('a value that holds itself', walk)
  if (walk.within.length === DEEPEST) throw new NoValue(`a value nested deeper than ${DEEPEST} levels`)
  walk.within.push(value)
  const copy = Array.isArray(value) ? list(value, walk) : record(value, walk)
  walk.within.pop()
  return copy
}

function list(value: readonly unknown[], walk: Walk): AnswerValue {
  if (!Array.isArray(Object.getPrototypeOf(value))) throw no(described(value), walk, true)
  const copy: AnswerValue[] = []
  for (let i = 0; i < value.length; i++) {
    if (!(i in value)) throw no('a list with gaps', walk, true)
    walk.path.push(i)
    copy.push(copied(value[i], walk))
    walk.path.pop()
  }
  if (Object.keys(value).length !== value.length || Object.getOwnPropertySymbols(value).length > 0)
    throw no('a list with properties of its own', walk, true)
  return copy
}

function record(value: object, walk: Walk): AnswerValue {
  if (!isPlainObject(value) || types.isArgumentsObject(value)) throw no(described(value), walk, true)
  if (Object.getOwnPropertySymbols(value).length > 0) throw no('an object with a symbol as name', walk, true)
  const copy: Record<string, AnswerValue> = {}
  for (const name of Object.keys(value)) {
    walk.path.push(name)
    const inner = copied(value[name], walk)
    walk.path.pop()
    if (name === '__proto__') Object.defineProperty(copy, name, { value: inner, enumerable: true })
    else copy[name] = inner
  }
  return copy
}

function no(what: string, { path }: Walk, notJson = false): NoValue {
  const place = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')
  const at = place === '' ? '' : ` at ${place.replace(/^\./, '')}`
  return new NoValue(`${what}${at}${notJson ? ', which is no JSON value' : ''}`)
}

/** What a value is, in words: `NaN`, `a string`, `a Map`, `a Promise`, `an object`. */
export function described(value: unknown): string {
  if (value === null || value === undefined || typeof value === 'number') return String(value)
  if (typeof value !== 'object') return `a ${typeof value}`
  if (Array.isArray(value) && Array.isArray(Object.getPrototypeOf(value))) return 'a list'
  const tag = Object.prototype.toString.call(value).slice(8, -1)
  const own = (value as { constructor?: unknown }).constructor
  const name = (tag === 'Object' || tag === 'Array') && typeof own === 'function' && own.name !== '' ? own.name : tag
  if (name === 'Object') return 'an object'
  return `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`
}

/** Whether two values are the same: names in any order, whole numbers and bigints by what they count. */
export function equal(a: AnswerValue | undefined, b: AnswerValue | undefined): boolean {
  if (a === b) return true
  // The loose comparison of a bigint with a number is exact.
  if (typeof a === 'bigint' || typeof b === 'bigint') return isNumber(a) && isNumber(b) && a == b // eslint-disable-line eqeqeq
  return alike(a, b, equal)
}

/** Whether two values have one form, and `same` holds for what they are made of. Never for two that are no containers. */
export function alike(
  a: AnswerValue | undefined,
  b: AnswerValue | undefined,
  same: (a: AnswerValue, b: AnswerValue) => boolean,
): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
    return a.every((item, i) => same(item as AnswerValue, b[i] as AnswerValue))
  }
  const [object, other] = [a as { readonly [name: string]: AnswerValue }, b as { readonly [name: string]: AnswerValue }]
  const names = Object.keys(object)
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && same(object[name] as AnswerValue, other[name] as AnswerValue))
  )
}

export const isNumber = (value: unknown): value is number | bigint =>
  typeof value === 'number' || typeof value === 'bigint'

interface JsonTextOptions {
  /** Writes names in one order, as keys need it. */
  readonly sorted?: boolean
  /** Tells bigints from numbers and -0 from 0, which is no JSON then. */
  readonly typed?: boolean
}

/** The value as JSON text, whole numbers with all their digits. */
export function jsonText(value: AnswerValue, options: JsonTextOptions = {}): string {
  if (options.typed && typeof value === 'bigint') return `${value}n`
  if (options.typed && Object.is(value, -0)) return '-0'
  if (typeof value !== 'object' || value === null) return wholeDigits(value) ?? JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((item: AnswerValue) => jsonText(item, options)).join(',')}]`
  const entries = Object.entries(value as { readonly [name: string]: AnswerValue })
  if (options.sorted) entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${jsonText(inner, options)}`).join(',')}}`
}

const written = /^\s*[+-]?((0|[1-9]\d*)(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*$/

/** The number that a text writes in decimal digits; whole numbers keep them all. Undefined for other texts: `007` is a code. */
export function numberOf(text: string): number | bigint | undefined {
  if (!written.test(text)) return undefined
  const number = Number(text)
  if (Number.isSafeInteger(number) || !/^\s*[+-]?\d+\s*$/.test(text))
    return Number.isFinite(number) ? number : undefined
  return BigInt(text.trim().replace('+', ''))
}
