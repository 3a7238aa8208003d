import { types } from 'node:util'
import { isPlainObject } from '../options.ts'

/**
 * A deep copy of an input for a model to do with as it likes, so that no case can be changed by the model. Lists, plain
 * objects, dates, bytes, typed arrays, Map and Set are copied; objects of other classes and functions are handed over as
 * they are.
 */
export function handed(input: unknown, made = new Map<object, object>()): unknown {
  if (typeof input !== 'object' || input === null) return input
  const before = made.get(input)
  if (before) return before
  const keep = <T extends object>(copy: T): T => {
    made.set(input, copy)
    return copy
  }
  if (isList(input)) {
    const copy = keep(input.slice())
    input.forEach((item, i) => (copy[i] = handed(item, made)))
    return copy
  }
  if (types.isDate(input)) return keep(new Date(input.getTime()))
  if (types.isMap(input)) {
    const copy = keep(new Map<unknown, unknown>())
    for (const [key, value] of input) copy.set(handed(key, made), handed(value, made))
    return copy
  }
  if (types.isSet(input)) {
    const copy = keep(new Set<unknown>())
    for (const item of input) copy.add(handed(item, made))
    return copy
  }
  if (types.isAnyArrayBuffer(input)) return types.isArrayBuffer(input) ? keep(input.slice(0)) : input
  if (ArrayBuffer.isView(input)) return keep(structuredView(input))
  if (!isPlainObject(input)) return input
  const copy = keep(Object.create(Object.getPrototypeOf(input) as object | null) as Record<string, unknown>)
  for (const name of Object.keys(input))
    Object.defineProperty(copy, name, {
      value: handed(input[name], made),
      configurable: true,
      enumerable: true,
      writable: true,
    })
  return copy
}

/** Whether all of an input is copied: there is nothing in it that others may change. */
export function isHandedWhole(input: unknown, seen = new Set<object>()): boolean {
  if (typeof input === 'function') return false
  if (typeof input !== 'object' || input === null || seen.has(input)) return true
  seen.add(input)
  if (types.isDate(input) || types.isArrayBuffer(input)) return true
  if (ArrayBuffer.isView(input)) return types.isArrayBuffer(input.buffer)
  if (types.isMap(input)) return [...input].every((entry) => entry.every((part) => isHandedWhole(part, seen)))
  if (types.isSet(input)) return [...input].every((item) => isHandedWhole(item, seen))
  return (isList(input) || isPlainObject(input)) && Object.values(input).every((inner) => isHandedWhole(inner, seen))
}

function structuredView(view: ArrayBufferView): ArrayBufferView {
  if (Buffer.isBuffer(view)) return Buffer.from(view)
  // Not what memory shares with other threads, which a clone would.
  return view instanceof DataView ? structuredClone(view) : (view as NodeJS.TypedArray).slice()
}

/** Where what was handed over differs now from the input: `age`, `[2].name`; '' for all of it, undefined for nowhere. */
export function changedIn(input: unknown, now: unknown, seen = new Set<object>()): string | undefined {
  if (Object.is(input, now)) return undefined
  if (typeof input !== 'object' || input === null || typeof now !== 'object' || now === null) return ''
  if (seen.has(input)) return undefined
  seen.add(input)
  if (isList(input)) {
    if (!isList(now) || input.length !== now.length) return ''
    return first(input.keys(), (i) => [`[${i}]`, changedIn(input[i], now[i], seen)])
  }
  if (types.isDate(input)) return types.isDate(now) && Object.is(input.getTime(), now.getTime()) ? undefined : ''
  if (types.isMap(input) || types.isSet(input)) {
    if (!(types.isMap(now) || types.isSet(now)) || input.size !== now.size) return ''
    return changedIn([...input], [...now], seen) === undefined ? undefined : ''
  }
  if (types.isArrayBuffer(input) || ArrayBuffer.isView(input)) {
    if (!(types.isArrayBuffer(now) || ArrayBuffer.isView(now))) return ''
    return Buffer.compare(bytes(input), bytes(now)) === 0 ? undefined : ''
  }
  if (!isPlainObject(input) || !isPlainObject(now)) return ''
  const names = Object.keys(input)
  if (names.length !== Object.keys(now).length) return ''
  return first(names.values(), (name) => [
    `.${name}`,
    Object.hasOwn(now, name) ? changedIn(input[name], now[name], seen) : '',
  ])
}

const isList = (value: unknown): value is unknown[] =>
  Array.isArray(value) && Array.isArray(Object.getPrototypeOf(value))

function first<K>(steps: Iterable<K>, look: (step: K) => [string, string | undefined]): string | undefined {
  for (const step of steps) {
    const [name, inner] = look(step)
    if (inner !== undefined) return `${name}${inner}`
  }
  return undefined
}

function bytes(value: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : new Uint8Array(value)
}
