import { isoInstant, lexical, saysTrue } from '../cells/lexical.ts'
import type { Column } from '../engine/engine.ts'
import type { Dialect, LogicalType } from '../sql/dialect.ts'
import { id, type Sql } from '../sql/sql.ts'
import { isObject, type JsonObject } from './json.ts'

/** The types of JSON, as schemas name them. */
export type JsonType = 'null' | 'boolean' | 'object' | 'array' | 'number' | 'string' | 'integer'

/** The types a schema allows, null among them where it says `nullable`; undefined when it does not say. */
export function typesOf({ type, nullable }: JsonObject): readonly JsonType[] | undefined {
  if (type === undefined) return undefined
  const types = (Array.isArray(type) ? type : [type]) as readonly JsonType[]
  return nullable === true ? [...types, 'null'] : types
}

/** The logical types whose values read as text in a format of JSON Schema. */
export const formats: Readonly<Record<string, readonly LogicalType[]>> = {
  date: ['date'],
  'date-time': ['timestamptz', 'timestamp'],
  'iso-time': ['time'],
}

/** Logical types that are decided on in the engine; values of the others are judged one by one. */
export type Reading = 'integer' | 'number' | 'decimal' | 'boolean' | 'string' | 'time' | 'other'

/** How the present values of a column read as JSON. */
export function readingOf({ type }: Pick<Column, 'type'>): Reading {
  switch (type) {
    case 'integer':
    case 'number':
    case 'decimal':
    case 'boolean':
    case 'string':
      return type
    case 'date':
    case 'timestamp':
    case 'timestamptz':
    case 'time':
      return 'time'
    default:
      return 'other'
  }
}

/**
 * The type that the cells of a text file are read as under a schema: what the schema says, where it says one thing;
 * else what the file's first rows look like. Undefined when a cell may be one of several.
 */
export function textTypeOf(rules: JsonObject, detected: LogicalType): LogicalType | undefined {
  const types = typesOf(rules)?.filter((type) => type !== 'null')
  const { format, enum: listed, const: only } = rules
  const times = typeof format === 'string' && Object.hasOwn(formats, format) ? formats[format] : undefined
  if (times && (types === undefined || types.includes('string'))) {
    return types && types.length > 1 ? undefined : times.includes(detected) ? detected : times[0]
  }
  if (types === undefined) {
    const values: readonly unknown[] = Array.isArray(listed) ? listed : only === undefined ? [] : [only]
    const kinds = new Set(values.filter((value) => value !== null).map((value) => typeof value))
    if (kinds.size > 1) return undefined
    if (kinds.has('string')) return 'string'
    if (kinds.has('number')) return detected === 'integer' ? 'integer' : 'number'
    if (kinds.has('boolean')) return 'boolean'
    return detected
  }
  if (types.length === 0) return 'string'
  if (types.every((type) => type === 'integer' || type === 'number'))
    return types.includes('number') ? 'number' : 'integer'
  if (types.length > 1) return undefined
  return types[0] === 'boolean' ? 'boolean' : 'string'
}

const grammars: readonly (readonly [JsonType, RegExp])[] = [
  ['integer', new RegExp(lexical.integer as string)],
  ['number', new RegExp(lexical.number as string)],
  ['boolean', new RegExp(lexical.boolean as string)],
]
const stamp = new RegExp(lexical.timestamp as string)
const zoned = new RegExp(lexical.timestamptz as string)

/** The JSON value of a text file's cell: by the column's type, or as the first of several types that it matches. */
export function cellReader(rules: JsonObject, type: LogicalType | undefined): (text: string) => unknown {
  if (type === 'timestamp' || type === 'timestamptz') return (text) => isoText(text)
  const types: readonly string[] = type === undefined ? (typesOf(rules) ?? ['integer', 'number', 'boolean']) : [type]
  const tried = grammars.filter(([name]) => types.includes(name) || (name === 'integer' && types.includes('number')))
  return (text) => {
    const written = tried.find(([, grammar]) => grammar.test(text))?.[0]
    // A letter is a boolean only where nothing else could be.
    if (written === undefined || (written === 'boolean' && text.length === 1 && type !== 'boolean')) return text
    return written === 'boolean' ? saysTrue(text) : Number(text)
  }
}

function isoText(text: string): string {
  if (stamp.test(text)) return `${withSeconds(text.replace(' ', 'T'))}Z`
  return zoned.test(text) ? isoInstant(text) : text
}

const withSeconds = (text: string): string => (text.length === 16 ? `${text}:00` : text)

/** What to select of a column so that `valueReader` can read it. */
export function selected({ name, type }: Column, dialect: Dialect): Sql {
  if (type === 'decimal') return dialect.double(id(name))
  return readingOf({ type }) === 'time' || type === 'binary' || type === 'unknown' ? dialect.text(id(name)) : id(name)
}

/** An instant as the engine writes it, in ISO 8601 and UTC, with the digits of its fraction that say something. */
export function isoOfEngine(text: string): string {
  return `${text.replace(' ', 'T').replace(/([+-]00(:?00)?|Z)$/, '')}Z`
}

/**
 * The JSON value of a JavaScript value: instants as ISO 8601 text, bigints as the nearest number. Members that are
 * undefined are absent; NaN and infinities stay what they are, and are no numbers.
 */
export function jsonValue(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
  if (Array.isArray(value)) return isJson(value) ? value : value.map((item) => jsonValue(item) ?? null)
  if (ArrayBuffer.isView(value)) return [...(value as Uint8Array)].map(jsonValue)
  if (value instanceof Set) return [...value].map(jsonValue)
  if ('toJSON' in value && typeof value.toJSON === 'function') return jsonValue(value.toJSON())
  if (!isObject(value) || isJson(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([name, item]) => [name, jsonValue(item)]),
  )
}

/** Whether a value of lists and plain objects is what `jsonValue` makes of it, so that no copy is needed. */
export function isJson(value: unknown): boolean {
  if (typeof value !== 'object') return value !== undefined && typeof value !== 'bigint'
  if (value === null) return true
  if (Array.isArray(value)) return value.every(isJson)
  const prototype: unknown = Object.getPrototypeOf(value)
  if ((prototype !== Object.prototype && prototype !== null) || 'toJSON' in value) return false
  for (const name in value) if (!isJson((value as Record<string, unknown>)[name])) return false
  return true
}
