import path from 'node:path'
import type { CheckJson } from '../../checks/checkJson.ts'
import { nearestHint } from '../../errors.ts'
import { byContent } from '../../schema/byContent.ts'
import { checkSchema, type Draft, draftOf, type SchemaDocument } from '../../schema/drafts.ts'
import {
  isObject,
  type Json,
  type JsonObject,
  jsonCopy,
  objectOf,
  own,
  pointer,
  shown,
  wrongSchema,
} from '../../schema/json.ts'
import { judgesRows, subschemas } from '../../schema/keywords.ts'
import type { SchemaPlace } from '../language.ts'
import { readChecks } from '../../schema/statedChecks.ts'
import { documentsOf } from './documentsOf.ts'
import type { ColumnSchema, TableSchema } from '../../schema/tableSchema.ts'

/** Keywords that judge no row by themselves. */
const about = ['$id', '$defs', 'definitions', 'x-assay']

/**
 * Reads a JSON Schema of a row: an object whose properties are the columns. Throws AssayError `wrong-schema` that
 * names where the schema is wrong, what was found and what to try.
 */
export async function readJsonSchema(input: unknown, { file }: SchemaPlace = {}): Promise<TableSchema> {
  const schema = jsonCopy(input)
  if (!isObject(schema)) {
    throw wrongSchema('#', `found ${shown(schema)}, not an object`, 'write { "type": "object", "properties": { … } }')
  }
  const root = schema as JsonObject
  const draft = draftOf(root)
  checkRootType(root)
  const documents = await documentsOf(root, draft, file)
  const folder = file === undefined ? undefined : path.dirname(file)
  return known(JSON.stringify([root, documents, folder], signed), () => tableSchemaOf(root, draft, documents, folder))
}

/** JSON's text has no zero below zero, and whoever judges a limit looks at its sign. */
const signed = (_: string, value: unknown): unknown => (Object.is(value, -0) ? { '-0': [] } : value)

/** Schemas are read once, and the tables that they describe are the same objects. */
const known = byContent<Promise<TableSchema>>()

async function tableSchemaOf(
  root: JsonObject,
  draft: Draft,
  documents: readonly SchemaDocument[],
  folder: string | undefined,
): Promise<TableSchema> {
  const unjudged = await checkSchema(root, draft, documents)
  for (const [part, at] of subschemas(root)) checkAssayPlace(part, at)
  const properties = (own(root, 'properties') ?? {}) as JsonObject
  const whole = needsWhole(root, draft)
  const required = (root.required ?? []) as readonly string[]
  const names = [...new Set([...Object.keys(properties), ...required])]
  const columns = names.map((name): ColumnSchema => {
    const property = own(properties, name) ?? true
    return {
      name,
      required: required.includes(name),
      ...(Object.hasOwn(properties, name) ? {} : { undeclared: true as const }),
      ...columnOf(property, pointer('#/properties', name), whole),
    }
  })
  const { $defs, definitions } = root
  const extras = root.additionalProperties === false && root.patternProperties === undefined && names.length > 0
  const rootKeys = rootAssay(root['x-assay'])
  const row = rowOf(root, { whole, extras })
  return {
    draft,
    ...(typeof root.title === 'string' ? { title: root.title } : {}),
    columns,
    extraColumns: extras ? 'fail' : 'allow',
    key: rootKeys.key,
    ...(rootKeys.uniqueKeys.length > 0 ? { uniqueKeys: rootKeys.uniqueKeys } : {}),
    ...(rootKeys.checks.length > 0 ? { checks: rootKeys.checks, ...(folder === undefined ? {} : { folder }) } : {}),
    ...(row ? { row } : {}),
    ...(row === undefined || row === root ? { whole: root } : {}),
    ...(documents.length > 0 ? { documents } : {}),
    ...(unjudged.length > 0 ? { unjudged } : {}),
    shared: whole
      ? {}
      : { ...($defs === undefined ? {} : { $defs }), ...(definitions === undefined ? {} : { definitions }) },
  }
}

function checkRootType({ type, $ref }: JsonObject): void {
  const types = Array.isArray(type) ? type : [type]
  if (type === undefined || types.includes('object')) return
  throw wrongSchema(
    '#/type',
    `found ${shown(type)}, but a row is an object`,
    $ref === undefined && types.includes('array')
      ? 'the schema describes one row, not the table: give the schema that stands under "items"'
      : 'write "type": "object"',
  )
}

/** Whether parts of the schema refer to places that only the whole schema has. */
function needsWhole(root: JsonObject, draft: Draft): boolean {
  // Where only the row is spoken of, its schema is compiled once.
  const ofRow = root.properties === undefined && root.required === undefined
  if (ofRow && rowOf(root, { whole: false, extras: false }) !== undefined) return true
  for (const [part, at] of subschemas(root)) {
    if (at !== '#' && ['$id', '$defs', 'definitions'].some((name) => part[name] !== undefined)) return true
    if (at !== '#' && draft === 'draft-04' && typeof part.id === 'string') return true
    if (['$anchor', '$dynamicAnchor', '$dynamicRef', '$recursiveRef'].some((name) => part[name] !== undefined))
      return true
    const ref = part.$ref
    if (typeof ref === 'string' && !/^#\/(\$defs|definitions)\//.test(ref)) return true
  }
  return false
}

function columnOf(property: Json, at: string, whole: boolean): Omit<ColumnSchema, 'name' | 'required'> {
  if (typeof property === 'boolean') return { rules: property || whole ? {} : { not: {} } }
  const { 'x-assay': assay, ...rules } = property as JsonObject
  return { rules: whole ? {} : rules, ...columnAssay(assay, pointer(at, 'x-assay')) }
}

/** The keywords that look at the whole row, with what they need of the others. */
function rowOf(root: JsonObject, { whole, extras }: { whole: boolean; extras: boolean }): JsonObject | undefined {
  if (whole) return root
  const judged = Object.keys(root).filter(
    (name) =>
      judgesRows(name) &&
      !about.includes(name) &&
      !['type', 'properties', 'required'].includes(name) &&
      !(
        name === 'additionalProperties' &&
        (extras || (root.additionalProperties === true && root.unevaluatedProperties === undefined))
      ),
  )
  if (judged.length === 0) return undefined
  return objectOf(judged.map((name) => [name, root[name] as Json]))
}

/** The members of `x-assay` on a column, and what each must be. */
const columnMembers: Readonly<Record<string, { is: (value: Json) => boolean; words: string }>> = {
  mostly: { is: (value) => typeof value === 'number' && value > 0 && value <= 1, words: 'a share above 0 and up to 1' },
  unique: { is: (value) => typeof value === 'boolean', words: 'true or false' },
  key: { is: (value) => typeof value === 'boolean', words: 'true or false' },
  present: { is: (value) => typeof value === 'boolean', words: 'true or false' },
  missing: {
    is: (value) => Array.isArray(value) && value.every((text) => typeof text === 'string'),
    words: 'a list of texts that stand for a missing value',
  },
  pii: { is: (value) => typeof value === 'boolean', words: 'true or false' },
  severity: { is: (value) => value === 'warn' || value === 'error', words: '"warn" or "error"' },
}

function columnAssay(assay: Json | undefined, at: string): Partial<ColumnSchema> {
  if (assay === undefined) return {}
  const members = membersOf(assay, at, Object.keys(columnMembers))
  for (const [name, value] of Object.entries(members)) {
    const { is, words } = columnMembers[name] as (typeof columnMembers)[string]
    if (!is(value)) throw wrongSchema(pointer(at, name), `found ${shown(value)}, but it is ${words}`)
  }
  const { mostly, unique, key, present, missing, pii, severity } = members
  return {
    ...(present ? { present: true } : {}),
    ...(missing === undefined ? {} : { missing: missing as readonly string[] }),
    ...(mostly === undefined ? {} : { mostly: mostly as number }),
    ...(unique || key ? { unique: true } : {}),
    ...(pii ? { pii: true } : {}),
    ...(severity === undefined ? {} : { severity: severity as 'warn' | 'error' }),
  }
}

function rootAssay(assay: Json | undefined): {
  readonly key: readonly string[]
  readonly uniqueKeys: readonly (readonly string[])[]
  readonly checks: readonly CheckJson[]
} {
  if (assay === undefined) return { key: [], uniqueKeys: [], checks: [] }
  const { key, uniqueKeys = [], checks } = membersOf(assay, '#/x-assay', ['key', 'uniqueKeys', 'checks'])
  if (!Array.isArray(uniqueKeys))
    throw wrongSchema('#/x-assay/uniqueKeys', `found ${shown(uniqueKeys)}, but it is a list of lists of columns`)
  return {
    key: key === undefined ? [] : keyOf(key, '#/x-assay/key'),
    uniqueKeys: uniqueKeys.map((one: Json, i) => keyOf(one, `#/x-assay/uniqueKeys/${i}`)),
    checks: readChecks(checks, '#/x-assay/checks'),
  }
}

function keyOf(key: Json, at: string): readonly string[] {
  const names: readonly Json[] = Array.isArray(key) ? key : [key]
  const fine =
    names.length > 0 && names.every((name) => typeof name === 'string') && new Set(names).size === names.length
  if (!fine) throw wrongSchema(at, `found ${shown(key)}, but it is a column or a list of different columns`)
  return names as readonly string[]
}

function membersOf(assay: Json, at: string, known: readonly string[]): JsonObject {
  if (!isObject(assay)) throw wrongSchema(at, `found ${shown(assay)}, not an object`)
  for (const name of Object.keys(assay)) {
    if (known.includes(name)) continue
    throw wrongSchema(
      pointer(at, name),
      `there is no ${shown(name)}`,
      nearestHint(name, known, `here it knows ${known.join(', ')}`, shown),
    )
  }
  return assay as JsonObject
}

function checkAssayPlace(part: JsonObject, at: string): void {
  if (part['x-assay'] === undefined || at === '#' || /^#\/properties\/[^/]*$/.test(at)) return
  throw wrongSchema(
    `${at}/x-assay`,
    'x-assay belongs to a column',
    'move it to the column, under "properties", or to the root',
  )
}
