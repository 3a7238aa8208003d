import type { Json } from '../checks/parameters/parameter.ts'
import { AssayError } from '../errors.ts'

export type { Json }
export interface JsonObject {
  readonly [name: string]: Json
}

const DEEPEST = 100

/** Whether the value is an object that is neither null nor an array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A JSON pointer, one step deeper. */
export function pointer(at: string, step: string | number): string {
  return `${at}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** The value with only own properties, without those that are undefined; an AssayError for what JSON cannot hold. */
export function jsonCopy(value: unknown, at = '#', depth = 0): Json {
  if (depth > DEEPEST) throw wrongSchema(at, 'it is nested more than 100 deep, or holds itself')
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (Array.isArray(value)) return value.map((item, i) => jsonCopy(item, pointer(at, i), depth + 1))
  if (isObject(value) && [Object.prototype, null].includes(Object.getPrototypeOf(value))) {
    return objectOf(
      Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([name, item]) => [name, jsonCopy(item, pointer(at, name), depth + 1)]),
    )
  }
  const found = isObject(value) ? `a ${value.constructor?.name ?? 'object'}` : shown(value)
  throw wrongSchema(at, `found ${found}, which JSON cannot hold`, 'write a schema as plain JSON values')
}

/** An object of own properties, whatever they are called. */
export function objectOf(entries: Iterable<readonly [string, Json]>): JsonObject {
  return Object.fromEntries(entries)
}

/** The member of that name, if it is the object's own. */
export function own(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

/** A value of a schema as text: text as it is, all else as JSON. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : String(JSON.stringify(value))
}

/** A value of a schema as messages show it. */
export function shown(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'function') return 'a function'
  const text = typeof value === 'object' || typeof value === 'string' ? JSON.stringify(value) : String(value as number)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

/** The error for a schema that is none: where, what was found, what to try. */
export function wrongSchema(at: string, found: string, hint?: string, cause?: unknown): AssayError {
  return new AssayError('wrong-schema', `the schema is wrong at ${at}: ${found}`, { hint, cause })
}

/** The member of that name where it is an object, else an empty one. */
export function members(object: JsonObject, name: string): JsonObject {
  const member = own(object, name)
  return isObject(member) ? (member as JsonObject) : {}
}

/** Sets an own property, whatever it is called. */
export function define(row: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(row, name, { value, enumerable: true, configurable: true, writable: true })
  else row[name] = value
}
