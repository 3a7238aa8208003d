import type { Column, Value } from '../engine/engine.ts'
import type { ExactType } from '../engine/exactType.ts'
import { exactOfNative } from '../engine/nativeType.ts'
import { isObject, objectOf, type Json } from './json.ts'
import { isoOfEngine, jsonValue } from './reading.ts'

type Read = (value: unknown) => unknown

/** How values inside of lists, structs and maps read. */
export interface Leaves {
  /** Of a day, as `YYYY-MM-DD`. */
  day(text: string): unknown
  /** Of an instant, in ISO 8601. */
  instant(text: string): unknown
  /** Of the digits of a decimal. */
  decimal(text: string): unknown
  integer(value: number | bigint): unknown
  /** Of what is none of these. */
  other(value: unknown): unknown
  /** What a member of a struct without a value is. */
  readonly missing: null | undefined
}

/** As JSON: what is inside reads as it would in a column of its own; a member without a value is absent. */
const asJson: Leaves = {
  day: (text) => text,
  instant: (text) => text,
  decimal: Number,
  integer: Number,
  other: (value) => (value instanceof Uint8Array ? textOfBytes(value) : jsonValue(value)),
  missing: undefined,
}

/**
 * How the values of a list, struct or map read, by the engine's name of their type. An item of a list without a value is
 * null; a map whose keys are text is an object, another one a list of `{ key, value }`.
 */
export function nestedReader(native: string, leaves: Leaves): (value: Value) => unknown {
  return readerOf(typeOf(native), leaves)
}

/** Whatever the engine has no exact type for comes as text: UUIDs, intervals, enumerations. */
const typeOf = (native: string): ExactType => exactOfNative(native, { kind: 'text' }) ?? { kind: 'text' }

/** The kinds of values inside. */
export function kindsWithin(native: string): ReadonlySet<ExactType['kind']> {
  const kinds = new Set<ExactType['kind']>()
  const visit = (type: ExactType): void => {
    kinds.add(type.kind)
    if (type.kind === 'list') visit(type.item)
    else if (type.kind === 'struct') for (const field of type.fields) visit(field.type)
    else if (type.kind === 'map') for (const part of [type.key, type.value]) visit(part)
  }
  visit(typeOf(native))
  return kinds
}

function readerOf(type: ExactType, leaves: Leaves): Read {
  switch (type.kind) {
    case 'list': {
      const read = present(readerOf(type.item, leaves))
      return (value) => (Array.isArray(value) ? value.map(read) : leaves.other(value))
    }
    case 'struct': {
      const fields = type.fields.map((field) => [field.name, readerOf(field.type, leaves)] as const)
      const member = (value: unknown, read: Read): unknown => (value == null ? leaves.missing : read(value))
      return (value) =>
        isObject(value)
          ? objectOf(
              fields
                .filter(([name]) => Object.hasOwn(value, name))
                .map(([name, read]) => [name, member(value[name], read) as Json] as const)
                .filter(([, held]) => held !== undefined),
            )
          : leaves.other(value)
    }
    case 'map': {
      const key = readerOf(type.key, leaves)
      const read = present(readerOf(type.value, leaves))
      const named = type.key.kind === 'text'
      return (value) => {
        if (!Array.isArray(value)) return leaves.other(value)
        const entries = (value as { key: unknown; value: unknown }[]).map((one) => [key(one.key), read(one.value)])
        return named
          ? objectOf(entries as [string, Json][])
          : entries.map(([name, held]) => ({ key: name, value: held }))
      }
    }
    case 'date':
      return (value) => leaves.day(value instanceof Date ? value.toISOString().replace(/T.*/, '') : String(value))
    case 'timestamp':
      return (value) =>
        leaves.instant(value instanceof Date ? value.toISOString().replace(/\.?0*Z$/, 'Z') : isoOfEngine(String(value)))
    case 'decimal':
      return (value) => leaves.decimal(String(value))
    case 'integer':
      return (value) =>
        typeof value === 'number' || typeof value === 'bigint' ? leaves.integer(value) : leaves.other(value)
    default:
      return leaves.other
  }
}

const present =
  (read: Read): Read =>
  (value) =>
    value == null ? null : read(value)

/** Bytes as the engine writes them: printable ASCII as it is, all others as `\xNN`. */
function textOfBytes(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) {
    const printed = byte >= 32 && byte <= 126 && !`\\'"`.includes(String.fromCharCode(byte))
    text += printed ? String.fromCharCode(byte) : `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return text
}

/** The JSON value of a value that was selected with `selected`. */
export function valueReader({ type, native }: Pick<Column, 'type' | 'native'>): (value: Value) => unknown {
  if (type === 'timestamp' || type === 'timestamptz') return (value) => isoOfEngine(String(value))
  return type === 'list' || type === 'struct' ? nestedReader(native, asJson) : jsonValue
}
