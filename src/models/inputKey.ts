import { createHash } from 'node:crypto'
import { isHandedWhole } from '../cells/handed.ts'
import { jsonText, snapshot } from './value.ts'

/** The same for inputs of the same value; what is no value is its own key. */
export const inputKey = (input: unknown): unknown =>
  keyOf(input, (value) => jsonText(snapshot(value, { dates: true }), { sorted: true }))

/**
 * The same for inputs that no model can tell apart: written alike, names in their order, numbers as numbers, bigints as
 * bigints and dates as dates; bytes, Map, Set and what else is copied for a model by what they hold. Undefined for objects
 * of classes and for functions: nobody can tell whether they are what they were.
 */
export function ownKey(input: unknown): unknown {
  if (Object.is(input, -0)) return `${MARK}-0`
  if (input === undefined) return `${MARK}undefined`
  const key = keyOf(input, ownText)
  return typeof key === 'object' || typeof key === 'function' ? (key === null ? null : contentKey(key)) : key
}

function contentKey(input: object): string | undefined {
  try {
    if (!isHandedWhole(input)) return undefined
    const bytes = process.getBuiltinModule('node:v8').serialize(input)
    return `${MARK}content ${createHash('sha256').update(bytes).digest('base64')}`
  } catch {
    return undefined
  }
}

/** JSON with the types that it does not tell. Throws `NoValue` for what is no value. */
export function ownText(input: unknown): string {
  const dates: string[] = []
  const value = snapshot(input, { dates: (path) => dates.push(JSON.stringify(path)) })
  const text = jsonText(value, { typed: true })
  return dates.length === 0 ? text : `${text} dates ${dates.join()}`
}

/** What a key begins with that is not its input. */
const MARK = '\0'

function keyOf(input: unknown, textOf: (input: object) => string): unknown {
  if (typeof input === 'string') return input.startsWith(MARK) ? `${MARK}text ${input}` : input
  if (typeof input !== 'object' || input === null) return input
  try {
    return `${MARK}json ${textOf(input)}`
  } catch {
    return input
  }
}

/** Equal for inputs that are one JSON value, names in any order; undefined for what is none. */
export const jsonKey = (input: unknown): string | undefined =>
  typeof input === 'string' ? JSON.stringify(input) : textKey(input)

/** Equal for inputs that a table writes alike: text as it is, other values as JSON with sorted names. */
export function textKey(input: unknown): string | undefined {
  if (typeof input === 'string') return input
  try {
    return jsonText(snapshot(input, { dates: true }), { sorted: true })
  } catch {
    return undefined
  }
}
