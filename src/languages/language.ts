import { isObject } from '../schema/json.ts'
import type { TableSchema } from '../schema/tableSchema.ts'

/** Where a schema was found. */
export interface SchemaPlace {
  /** The file it was read from; relative references start in its folder. */
  readonly file?: string
  /** Which part of it is meant, e.g. the resource of a data package. */
  readonly part?: string | undefined
}

/** A schema in some language, and what that language could not say. */
export interface WrittenSchema {
  readonly schema: unknown
  /** One sentence per thing that was lost; empty when the schema says all. */
  readonly lost: readonly string[]
}

/** A way to write a table's schema. */
export interface SchemaLanguage {
  readonly name: string
  /** What it reads, as the end of "it takes …". */
  readonly reads: string
  /** Whether the value, an object or what a file holds, is a schema of this language. */
  accepts(source: unknown): boolean
  /** Whether a source may hold several schemas, of which `part` names one. */
  readonly parts?: true
  /** Throws AssayError `wrong-schema` that names where the schema is wrong, what was found and what to try. */
  read(source: unknown, place: SchemaPlace): TableSchema | Promise<TableSchema>
  write?(schema: TableSchema): WrittenSchema | Promise<WrittenSchema>
}

/** Whether the value is an object as JSON has them: neither an instance of a class nor a schema of a library. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && [Object.prototype, null].includes(Object.getPrototypeOf(value)) && !('~standard' in value)
}
