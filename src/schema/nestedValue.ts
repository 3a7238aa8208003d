import type { Column, Value } from '../engine/engine.ts'
import type { ExactType } from '../engine/exactType.ts'
import { exactOfNative } from '../engine/nativeType.ts'
import { isObject, objectOf, type Json } from './json.ts'
import { isoOfEngine, jsonValue } from './reading.ts'

type Read = (value: unknown) => unknown

/**
 * How the values of a list, struct or map read as JSON, by the engine's name of their type: what is inside reads as it
 * would in a column of its own. A member of a struct without a value is absent; an item of a list without one is null.
 */
function nestedReader(native: string): (value: Value) => unknown {
  return readerOf(exactOfNative(native))
}

function readerOf(type: ExactType | undefined): Read {
  switch (type?.kind) {
    case 'list': {
      const read = present(readerOf(type.item))
      return (value) => (Array.isArray(value) ? value.map(read) : jsonValue(value))
    }
    case 'struct': {
      const fields = type.fields.map(({ name, type: inner }) => [name, readerOf(inner)] as const)
      return (value) =>
        isObject(value)
          ? objectOf(
              fields.flatMap(([name, read]) =>
                Object.hasOwn(value, name) && value[name] != null ? [[name, read(value[name]) as Json] as const] : [],
              ),
            )
          : jsonValue(value)
    }
    case 'map': {
      const key = readerOf(type.key)
      const read = present(readerOf(type.value))
      const textual = type.key.kind === 'text'
      return (value) => {
        if (!Array.isArray(value)) return jsonValue(value)
        const entries = (value as { key: unknown; value: unknown }[]).map((one) => [key(one.key), read(one.value)])
        return textual
          ? objectOf(entries as [string, Json][])
          : entries.map(([name, held]) => ({ key: name, value: held }))
      }
    }
    case 'date':
      return (value) => (value instanceof Date ? value.toISOString().replace(/T.*/, '') : value)
    case 'timestamp':
      return (value) =>
        value instanceof Date ? value.toISOString().replace(/\.?0*Z$/, 'Z') : isoOfEngine(String(value))
    case 'decimal':
      return Number
    default:
      return jsonValue
  }
}

const present =
  (read: Read): Read =>
  (value) =>
    value == null ? null : read(value)

/** The JSON value of a value that was selected with `selected`. */
export function valueReader({ type, native }: Pick<Column, 'type' | 'native'>): (value: Value) => unknown {
  if (type === 'timestamp' || type === 'timestamptz') return (value) => isoOfEngine(String(value))
  return type === 'list' || type === 'struct' ? nestedReader(native) : jsonValue
}
