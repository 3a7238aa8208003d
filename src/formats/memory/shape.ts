import type { ExactType } from '../../engine/exactType.ts'
import { AssayError } from '../../errors.ts'
import { isWhole } from '../wholeNumber.ts'
import { Nesting } from './nesting.ts'

/** What JavaScript values have been seen to be; undefined while only missing ones were. */
export type Shape =
  | { readonly kind: 'boolean' | 'number' | 'text' | 'binary' | 'instant' | 'mixed' }
  | IntegerShape
  | { readonly kind: 'list'; readonly item: Shape | undefined }
  | { readonly kind: 'map'; readonly key: Shape | undefined; readonly value: Shape | undefined }
  | { readonly kind: 'struct'; readonly fields: ReadonlyMap<string, Shape | undefined>; readonly count: number }
  /** Objects of more fields, with those of the objects inside, than the engine has columns for. */
  | { readonly kind: 'wide' }

/** Whole numbers: the size that holds them, and whether any is negative. */
interface IntegerShape {
  readonly kind: 'integer'
  readonly size: 'safe' | 'int64' | 'uint64' | 'int128'
  readonly negative: boolean
}

const boolean: Shape = { kind: 'boolean' }
const number: Shape = { kind: 'number' }
const text: Shape = { kind: 'text' }
const binary: Shape = { kind: 'binary' }
const instant: Shape = { kind: 'instant' }
const mixed: Shape = { kind: 'mixed' }
const wide: Shape = { kind: 'wide' }
const whole: Shape = { kind: 'integer', size: 'safe', negative: false }
const negative: Shape = { kind: 'integer', size: 'safe', negative: true }

const MOST_FIELDS = 1000
const sizes = ['safe', 'int64', 'uint64', 'int128'] as const

/** The shape of all of the values; `where` says in words where the value of an index stands, for errors. */
export function shapeOf(values: ArrayLike<unknown>, where: (index: number) => string): Shape | undefined {
  let shape: Shape | undefined
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (value === null || value === undefined) continue
    const type = typeof value
    // Whole numbers among others are numbers.
    if (type === 'number' && shape === number) continue
    const own =
      type === 'number'
        ? shapeOfNumber(value as number)
        : type === 'string'
          ? text
          : type === 'boolean'
            ? boolean
            : value instanceof Date
              ? shapeOfDate(value)
              : shapeOfOther(value, i, where)
    if (own !== shape) shape = joined(shape, own)
  }
  return shape
}

// Apart from the loop, which else makes room for its counter each time round.
function shapeOfOther(value: unknown, index: number, where: (index: number) => string): Shape {
  if (typeof value === 'object' && value !== null)
    return shapeOfObject(value, () => where(index), new Nesting(() => where(index)))
  return shapeOfScalar(value, () => where(index))
}

const shapeOfDate = (value: Date): Shape => (Number.isNaN(value.getTime()) ? mixed : instant)

const shapeOfNumber = (value: number): Shape => (isWhole(value) ? (value < 0 ? negative : whole) : number)

function shapeOfScalar(value: unknown, where: () => string): Shape {
  switch (typeof value) {
    case 'number':
      return shapeOfNumber(value)
    case 'string':
      return text
    case 'boolean':
      return boolean
    case 'bigint':
      return shapeOfBigint(value)
    default:
      throw new AssayError('unsupported-source', `${where()} is a ${typeof value}, which is no data`, {
        hint: 'call it, or leave it out',
      })
  }
}

function shapeOfBigint(value: bigint): Shape {
  if (value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER))
    return value < 0n ? negative : whole
  if (BigInt.asIntN(64, value) === value) return { kind: 'integer', size: 'int64', negative: value < 0n }
  if (BigInt.asUintN(64, value) === value) return { kind: 'integer', size: 'uint64', negative: false }
  return BigInt.asIntN(128, value) === value ? { kind: 'integer', size: 'int128', negative: value < 0n } : mixed
}

function shapeOfObject(value: object, where: () => string, nesting: Nesting<Shape>): Shape {
  if (value instanceof Date) return shapeOfDate(value)
  if (value instanceof Uint8Array) return binary
  return nesting.of(value, () => shapeOfNested(value, where, nesting))
}

function shapeOfNested(value: object, where: () => string, nesting: Nesting<Shape>): Shape {
  const inner = (one: unknown): Shape | undefined => {
    if (one === null || one === undefined) return undefined
    return typeof one === 'object' ? shapeOfObject(one, where, nesting) : shapeOfScalar(one, where)
  }
  const all = (items: Iterable<unknown>): Shape | undefined => {
    let shape: Shape | undefined
    for (const item of items) shape = joined(shape, inner(item))
    return shape
  }
  if (Array.isArray(value) || value instanceof Set) return { kind: 'list', item: all(value) }
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return { kind: 'list', item: all(value as never) }
  if (value instanceof Map) return { kind: 'map', key: all(value.keys()), value: all(value.values()) }
  const names = Object.keys(value)
  if (names.length === 0 && !isPlain(value)) {
    const what = (value as { constructor?: { name?: string } }).constructor?.name ?? 'object'
    throw new AssayError('unsupported-source', `${where()} is a ${what}, which is no data`, {
      hint: what === 'Promise' ? 'await it first' : 'turn it into text, numbers or a plain object first',
    })
  }
  return structOf(new Map(names.map((name) => [name, inner((value as Record<string, unknown>)[name])])))
}

function structOf(fields: ReadonlyMap<string, Shape | undefined>): Shape {
  let count = fields.size
  for (const shape of fields.values()) count += fieldCount(shape)
  return count > MOST_FIELDS ? wide : { kind: 'struct', fields, count }
}

function fieldCount(shape: Shape | undefined): number {
  if (shape?.kind === 'list') return fieldCount(shape.item)
  if (shape?.kind === 'map') return fieldCount(shape.key) + fieldCount(shape.value)
  return shape?.kind === 'struct' ? shape.count : 0
}

/** Whether an object is one that `{}` or JSON makes. */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null
}

/** The shape that holds values of both. */
export function joined(a: Shape | undefined, b: Shape | undefined): Shape | undefined {
  if (a === undefined || a === b) return b
  if (b === undefined) return a
  if (a.kind === 'integer' && b.kind === 'integer') return joinedIntegers(a, b)
  if (a.kind === 'number' || b.kind === 'number') {
    const other = a.kind === 'number' ? b : a
    // Beyond 2^53 a whole number is not the number it would be read as.
    return other.kind === 'number' || (other.kind === 'integer' && other.size === 'safe') ? number : mixed
  }
  if (a.kind === 'list' && b.kind === 'list') return { kind: 'list', item: joined(a.item, b.item) }
  if (a.kind === 'map' && b.kind === 'map')
    return { kind: 'map', key: joined(a.key, b.key), value: joined(a.value, b.value) }
  if (a.kind === 'struct' && b.kind === 'struct') {
    const fields = new Map(a.fields)
    for (const [name, shape] of b.fields) fields.set(name, joined(fields.get(name), shape))
    return structOf(fields)
  }
  const isObject = ({ kind }: Shape): boolean => kind === 'struct' || kind === 'wide'
  if (isObject(a) && isObject(b)) return wide
  return a.kind === b.kind ? a : mixed
}

function joinedIntegers(a: IntegerShape, b: IntegerShape): Shape {
  const either = a.negative || b.negative
  let size = sizes[Math.max(sizes.indexOf(a.size), sizes.indexOf(b.size))] as IntegerShape['size']
  if (size === 'uint64' && either) size = 'int128'
  if (size === a.size && either === a.negative) return a
  if (size === b.size && either === b.negative) return b
  return size === 'safe' ? negative : { kind: 'integer', size, negative: either }
}

/** How a column of the shape is stored: nested values of one shape as such, of several as JSON text. */
export function exactOfShape(shape: Shape | undefined): ExactType {
  if (shape === undefined) return { kind: 'text' }
  if (homogeneous(shape)) return stored(shape)
  if (shape.kind === 'list') return { kind: 'json', logical: 'list' }
  return { kind: 'json', logical: ['struct', 'wide', 'map'].includes(shape.kind) ? 'struct' : 'mixed' }
}

function homogeneous(shape: Shape | undefined): boolean {
  switch (shape?.kind) {
    case 'mixed':
    case 'wide':
      return false
    case 'list':
      return homogeneous(shape.item)
    case 'map':
      return homogeneous(shape.key) && homogeneous(shape.value)
    case 'struct':
      return isStorable(shape.fields) && [...shape.fields.values()].every(homogeneous)
    default:
      return true
  }
}

function stored(shape: Shape | undefined): ExactType {
  switch (shape?.kind) {
    case 'boolean':
    case 'binary':
      return { kind: shape.kind }
    case 'number':
      return { kind: 'double' }
    case 'integer':
      if (shape.size === 'int128') return { kind: 'integer', bits: 128, signed: true }
      return { kind: 'integer', bits: 64, signed: shape.size !== 'uint64' }
    case 'instant':
      return { kind: 'timestamp', unit: 'ms', zoned: false }
    case 'list':
      return { kind: 'list', item: stored(shape.item) }
    case 'map':
      return { kind: 'map', key: stored(shape.key), value: stored(shape.value) }
    case 'struct':
      return { kind: 'struct', fields: [...shape.fields].map(([name, field]) => ({ name, type: stored(field) })) }
    default:
      return { kind: 'text' }
  }
}

/** Whether the engine can have an object of such fields; of another one, and of what holds it, the JSON is kept. */
function isStorable(fields: ReadonlyMap<string, Shape | undefined>): boolean {
  const names = [...fields.keys()]
  const distinct = new Set(names.map((name) => name.toLowerCase())).size === names.length
  return names.length > 0 && distinct && !names.some(isUnnameable)
}

// The engine's binding loses a field that is called like the prototype.
const isUnnameable = (name: string): boolean => name === '' || name === '__proto__' || name.includes('\0')
