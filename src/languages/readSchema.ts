import { valueText } from '../checks/receiver.ts'
import { AssayError } from '../errors.ts'
import { ownOptions } from '../options.ts'
import { shown, wrongSchema } from '../schema/json.ts'
import type { SchemaPlace } from './language.ts'
import { languageOf, taken } from './languages.ts'
import { readSchemaFile } from '../schema/schemaFile.ts'
import type { TableSchema } from '../schema/tableSchema.ts'

/**
 * A schema of any language that is read: a JSON Schema of a row, a `table({…})`, a Standard Schema, an Arrow `Schema`, a
 * Frictionless Table Schema or Data Package, or the path of a JSON or YAML file that holds one. A part of a file stands
 * behind `#`: `datapackage.json#orders`.
 */
export type SchemaSource = object | string

/** How a schema is read. */
export interface ReadOptions {
  /**
   * The part that is meant, e.g. the resource of a data package.
   * @example { part: 'orders' }
   */
  readonly part?: string
}

const extension = /^(.+?\.(?:json|ya?ml))(?:#(.*))?$/is

/** Reads a schema of any language. Throws AssayError `wrong-schema` or `missing-file`. */
export async function readSchema(schema: SchemaSource, options?: ReadOptions): Promise<TableSchema> {
  const { part } = ownOptions('readSchema', options, ['part'])
  checkPart(part, 'readSchema')
  checkSource(schema, 'readSchema')
  if (typeof schema !== 'string') return read(schema, 'readSchema got', { part })
  const [, file, fragment] = extension.exec(schema) as unknown as [string, string, string | undefined]
  const found = await readSchemaFile(file)
  return read(found, `${shown(file)} holds`, { file, part: part ?? (fragment || undefined) })
}

/** Reads the schema that stood in a file. */
export function readSchemaOf(schema: unknown, file: string): Promise<TableSchema> {
  return read(schema, `${shown(file)} holds`, { file })
}

async function read(schema: unknown, asker: string, place: SchemaPlace): Promise<TableSchema> {
  const language = languageOf(schema, asker)
  if (place.part === undefined || language.parts) return language.read(schema, place)
  throw wrongSchema('#', `${language.reads} has no parts, so none is called ${shown(place.part)}`)
}

/** Throws AssayError `wrong-argument` for what names no part of a schema. */
export function checkPart(part: unknown, asker: string): void {
  if (part === undefined || (typeof part === 'string' && part !== '')) return
  throw new AssayError('wrong-argument', `${asker} got part: ${valueText(part)}`, {
    hint: 'part names a part of the schema, e.g. a resource of a data package',
  })
}

/** Throws AssayError `wrong-schema` for what is no schema that is read. */
export function checkSource(schema: unknown, asker: string): void {
  if (schema === undefined) {
    throw new AssayError('wrong-schema', `${asker} got undefined as schema, most often a misspelled name`, {
      hint: `${taken()}; for the contract file beside the test, call toMatchSchema() with no argument at all`,
    })
  }
  if (typeof schema !== 'string') {
    languageOf(schema, `${asker} got`)
    return
  }
  if (extension.test(schema)) return
  throw new AssayError(
    'wrong-schema',
    `${asker} got the text ${shown(schema)}, which is no path of a .json or .yaml file`,
    {
      hint: taken(),
    },
  )
}
