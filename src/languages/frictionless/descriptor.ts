import path from 'node:path'
import { nearestHint } from '../../errors.ts'
import { isObject, type Json, type JsonObject, jsonCopy, shown, wrongSchema, textOf } from '../../schema/json.ts'
import type { SchemaPlace } from '../language.ts'
import { readSchemaFile } from '../../schema/schemaFile.ts'
import { isInside } from '../jsonSchema/documentsOf.ts'

/** A Table Schema, with the package it stands in. */
export interface Described {
  readonly schema: JsonObject
  /** JSON pointer of the schema in what was read. */
  readonly at: string
  readonly title?: string
  readonly resources: readonly JsonObject[]
}

/** Finds the Table Schema in a descriptor: the schema itself, of a resource, or of a package's resource. */
export async function described(source: unknown, { file, part }: SchemaPlace): Promise<Described> {
  const root = jsonCopy(source) as JsonObject
  if (Array.isArray(root.fields)) {
    if (part !== undefined) throw wrongSchema('#', `a Table Schema has no resources, so none is called ${shown(part)}`)
    return { schema: root, at: '#', resources: [] }
  }
  if (!Array.isArray(root.resources)) return { ...(await ofResource(root, '#', file)), resources: [root] }
  const resources = root.resources as JsonObject[]
  const bad = resources.findIndex((one) => !isObject(one) || typeof one.name !== 'string')
  if (bad >= 0) throw wrongSchema(`#/resources/${bad}`, `found ${shown(resources[bad])}, not a resource with a name`)
  const i = chosen(resources, part)
  return { ...(await ofResource(resources[i] as JsonObject, `#/resources/${i}`, file)), resources }
}

function chosen(resources: readonly JsonObject[], part: string | undefined): number {
  const tabular = resources.flatMap(({ schema, name }, i) => (schema === undefined ? [] : [{ name: textOf(name), i }]))
  const names = tabular.map(({ name }) => name)
  if (part === undefined) {
    if (tabular.length === 1) return (tabular[0] as { i: number }).i
    const some = `${names.slice(0, 10).join(', ')}${names.length > 10 ? ', …' : ''}`
    throw wrongSchema(
      '#/resources',
      `the package has ${names.length} resources with a schema${names.length > 0 ? `: ${some}` : ''}`,
      names.length > 0 ? `say which: 'datapackage.json#${names[0]}', or { part: ${shown(names[0])} }` : undefined,
    )
  }
  const i = resources.findIndex(({ name }) => name === part)
  if (i >= 0) return i
  throw wrongSchema(
    '#/resources',
    `the package has no resource ${shown(part)}`,
    nearestHint(part, names, `it has ${names.slice(0, 10).join(', ')}`, shown),
  )
}

async function ofResource(
  { name, title, schema }: JsonObject,
  at: string,
  file: string | undefined,
): Promise<Omit<Described, 'resources'>> {
  const here = `${at}/schema`
  if (schema === undefined)
    throw wrongSchema(at, `the resource ${shown(name)} has no schema`, 'not every resource is a table')
  const found: Json = typeof schema === 'string' ? await referred(schema, here, file) : schema
  if (!isObject(found) || !Array.isArray(found.fields))
    throw wrongSchema(here, `found ${shown(found)}, not an object with "fields"`)
  return { schema: found as JsonObject, at: here, ...(typeof title === 'string' ? { title } : {}) }
}

async function referred(where: string, at: string, file: string | undefined): Promise<Json> {
  if (/^[a-z][a-z0-9+.-]*:/i.test(where))
    throw wrongSchema(
      at,
      `found the address ${shown(where)}`,
      'nothing is fetched: save the schema beside the package and name its path',
    )
  if (file === undefined)
    throw wrongSchema(at, `found the path ${shown(where)} of a package that is no file`, "give the package's path")
  return jsonCopy(await readSchemaFile(await packageFile(where, file, at)))
}

/** A file that a package names: in its own folder, or in one below. */
export async function packageFile(where: string, file: string, at: string): Promise<string> {
  const folder = path.dirname(file)
  if (path.isAbsolute(where) || !(await isInside(path.join(folder, where), folder)))
    throw wrongSchema(at, `the path ${shown(where)} leads out of the package's folder`)
  return path.join(folder, where)
}
