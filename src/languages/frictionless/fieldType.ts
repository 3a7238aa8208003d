import { type JsonObject, shown, wrongSchema } from '../../schema/json.ts'
import type { ValueForm } from '../../schema/tableSchema.ts'

/** How a value is read; undefined for one that is not of the type. */
type Read = ValueForm['read']
/** A kind of field: how its texts are read, what its values are as JSON, and how two of them compare. */
export interface FieldType {
  readonly rules: JsonObject
  /** Undefined where a value is taken as it stands. */
  readonly form?: ValueForm
  /** A number that orders the values; absent where they have no order. */
  order?(value: unknown): number
  /** The keywords of its length. */
  readonly length?: readonly [least: string, most: string]
}

/** The field's properties that say how its texts are read. */
export interface FieldFormat {
  readonly format: string
  readonly at: string
  /** A property of the field, checked. */
  text(name: string, usual: string): string
  flag(name: string, usual: boolean): boolean
  texts(name: string, usual: readonly string[]): readonly string[]
}

/** What was read of a value. */
export const readAs = (value: unknown): { value: unknown } => ({ value })

/** Reads texts with `read`, and takes values of other types when they are fine. */
export const reader =
  (read: (text: string) => unknown, fine: (native: unknown) => boolean): Read =>
  (native) => {
    if (typeof native !== 'string') return fine(native) ? readAs(native) : undefined
    const found = read(native)
    return found === undefined ? undefined : readAs(found)
  }

/** That no value is fine which is no text. */
export const never = (): boolean => false

/** Text as JSON; undefined where it is none. */
export const json = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** A form by its words; `usual` where it is how the type is written by default. */
export function form(words: string, read: Read, usual = false): ValueForm {
  return { words, read, ...(usual ? { usual } : {}) }
}

/** The format among those a type has. */
export function oneOf({ format, at }: FieldFormat, formats: Readonly<Record<string, JsonObject>>): JsonObject {
  if (Object.hasOwn(formats, format)) return formats[format] as JsonObject
  throw wrongSchema(
    `${at}/format`,
    `found ${shown(format)}, a format the type has not`,
    `it has ${Object.keys(formats).join(', ')}`,
  )
}
