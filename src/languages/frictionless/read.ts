import { nearest } from '../../errors.ts'
import { isObject, type Json, type JsonObject, pointer, shown, wrongSchema, textOf } from '../../schema/json.ts'
import type { SchemaPlace } from '../language.ts'
import type { ColumnSchema, Reference, TableSchema } from '../../schema/tableSchema.ts'
import { type Described, described, packageFile } from './descriptor.ts'
import { columnOfField, missingTexts } from './fields.ts'
import { refuseSchemaSlips } from './slips.ts'

/** What each `fieldsMatch` asks of the dataset's columns. */
const matches = {
  exact: { extraColumns: 'fail', present: true, ordered: true },
  equal: { extraColumns: 'fail', present: true },
  subset: { extraColumns: 'allow', present: true },
  superset: { extraColumns: 'fail', present: false },
  partial: { extraColumns: 'allow', present: false, some: true },
} as const

/** Reads a Table Schema, a resource or a package of the Data Package standard, version 1 or 2. */
export async function readFrictionless(source: unknown, place: SchemaPlace): Promise<TableSchema> {
  const descriptor = await described(source, place)
  const { schema, at } = descriptor
  refuseSchemaSlips(schema, at)
  const { present, ...match } = matches[matchOf(schema, at)]
  const missing = missingTexts(schema.missingValues ?? [''], `${at}/missingValues`)
  const fields = schema.fields as readonly Json[]
  const columns: ColumnSchema[] = []
  for (const [i, field] of fields.entries()) {
    const here = `${at}/fields/${i}`
    if (!isObject(field) || typeof field.name !== 'string')
      throw wrongSchema(here, `found ${shown(field)}, not a field with a name`)
    if (columns.some(({ name }) => name === field.name))
      throw wrongSchema(here, `the field ${shown(field.name)} is there twice`)
    columns.push(await columnOfField(field as JsonObject, here, { missing, present }))
  }
  if (columns.length === 0) throw wrongSchema(`${at}/fields`, 'there are no fields')
  const names = columns.map(({ name }) => name)
  const { title = descriptor.title } = schema
  return {
    draft: '2020-12',
    ...(typeof title === 'string' ? { title } : {}),
    columns,
    ...match,
    key: schema.primaryKey === undefined ? [] : fieldNames(schema.primaryKey, names, `${at}/primaryKey`),
    uniqueKeys: uniqueKeysOf(schema, names, at),
    references: await referencesOf(descriptor, names, place),
    nullIsMissing: true,
    byPlace: true,
    shared: {},
  }
}

function matchOf({ fieldsMatch = 'exact' }: JsonObject, at: string): keyof typeof matches {
  const [match] = [fieldsMatch].flat()
  if (typeof match === 'string' && Object.hasOwn(matches, match)) return match as keyof typeof matches
  throw wrongSchema(
    `${at}/fieldsMatch`,
    `found ${shown(fieldsMatch)}`,
    `it is one of ${Object.keys(matches).join(', ')}`,
  )
}

/** Names of fields, one or several; those of another table are not known here. */
function fieldNames(value: Json | undefined, names: readonly string[] | undefined, at: string): readonly string[] {
  const list: readonly Json[] = Array.isArray(value) ? value : [value as Json]
  if (list.length === 0 || !list.every((name) => typeof name === 'string'))
    throw wrongSchema(at, `found ${shown(value)}, but it is the name of a field or a list of them`)
  for (const name of names ? (list as string[]) : []) {
    if (names?.includes(name)) continue
    const near = nearest(name, names ?? [])
    throw wrongSchema(at, `there is no field ${shown(name)}`, near ? `did you mean ${shown(near)}?` : undefined)
  }
  return list as readonly string[]
}

function uniqueKeysOf(
  { uniqueKeys }: JsonObject,
  names: readonly string[],
  at: string,
): readonly (readonly string[])[] {
  if (uniqueKeys === undefined) return []
  const here = `${at}/uniqueKeys`
  if (!Array.isArray(uniqueKeys))
    throw wrongSchema(here, `found ${shown(uniqueKeys)}, but it is a list of lists of fields`)
  return uniqueKeys.map((one: Json, i) => fieldNames(one, names, pointer(here, i)))
}

async function referencesOf(
  { schema, at, resources }: Described,
  names: readonly string[],
  { file }: SchemaPlace,
): Promise<readonly Reference[]> {
  const { foreignKeys } = schema
  if (foreignKeys === undefined) return []
  const here = `${at}/foreignKeys`
  if (!Array.isArray(foreignKeys)) throw wrongSchema(here, `found ${shown(foreignKeys)}, not a list`)
  return Promise.all(
    foreignKeys.map(async (foreignKey: Json, i): Promise<Reference> => {
      const place = pointer(here, i)
      const reference = isObject(foreignKey) ? (foreignKey as JsonObject).reference : undefined
      if (!isObject(reference))
        throw wrongSchema(place, `found ${shown(foreignKey)}, but it has fields and a reference`)
      const columns = fieldNames((foreignKey as JsonObject).fields, names, `${place}/fields`)
      const to = (reference as JsonObject).resource ?? ''
      const key = fieldNames(
        (reference as JsonObject).fields,
        to === '' ? names : undefined,
        `${place}/reference/fields`,
      )
      if (key.length !== columns.length) throw wrongSchema(place, `${columns.length} fields refer to ${key.length}`)
      if (to === '') return { columns, to: 'the same table', key }
      return { columns, key, ...(await referredResource(textOf(to), resources, file, `${place}/reference/resource`)) }
    }),
  )
}

async function referredResource(
  name: string,
  resources: readonly JsonObject[],
  file: string | undefined,
  at: string,
): Promise<Pick<Reference, 'file' | 'to' | 'missing'>> {
  const target = resources.find((one) => one.name === name)
  if (!target) {
    const near = nearest(
      name,
      resources.map((one) => textOf(one.name)),
    )
    throw wrongSchema(
      at,
      `the package has no resource ${shown(name)}`,
      near ? `did you mean ${shown(near)}?` : undefined,
    )
  }
  const [path, ...more] = [target.path].flat()
  if (typeof path !== 'string' || more.length > 0 || file === undefined || /^[a-z][a-z0-9+.-]*:/i.test(path))
    throw wrongSchema(
      at,
      `the data of the resource ${shown(name)} is ${shown(target.path ?? target.data)}`,
      'references are followed to one file of a package that is a file itself',
    )
  const missing = isObject(target.schema) ? (target.schema as JsonObject).missingValues : undefined
  return {
    file: await packageFile(path, file, at),
    to: name,
    ...(missing === undefined ? {} : { missing: missingTexts(missing, at) }),
  }
}
