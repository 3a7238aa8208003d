import { createRequire } from 'node:module'
import type { SchemaObject, ErrorObject, ValidateFunction } from 'ajv'
import type { Ajv2020 } from 'ajv/dist/2020.js'
import { firstLine } from '../errors.ts'
import { byContent } from './byContent.ts'
import { type Finding, findings } from './findings.ts'
import { checkKeywords, type Unjudged } from './keywords.ts'
import { canonical } from '../results/canonical.ts'
import { type Json, type JsonObject, shown, wrongSchema } from './json.ts'

/** A version of JSON Schema. */
export type Draft = '2020-12' | '2019-09' | 'draft-07' | 'draft-06' | 'draft-04'

/** Judges a value; undefined when nothing is wrong. */
export type Validate = (value: unknown) => readonly Finding[] | undefined

type Ajv = Ajv2020

interface DraftEntry {
  readonly draft: Draft
  readonly uri: string
  load(): Promise<typeof Ajv2020>
  /** Its schema of schemas, where that is not the class's own. */
  meta?(): SchemaObject
}

/** The versions that are read; the first is the one of a schema that names none. */
const drafts: readonly DraftEntry[] = [
  {
    draft: '2020-12',
    uri: 'https://json-schema.org/draft/2020-12/schema',
    load: async () => (await import('ajv/dist/2020.js')).Ajv2020,
  },
  {
    draft: '2019-09',
    uri: 'https://json-schema.org/draft/2019-09/schema',
    load: async () => (await import('ajv/dist/2019.js')).Ajv2019 as unknown as typeof Ajv2020,
  },
  {
    draft: 'draft-07',
    uri: 'http://json-schema.org/draft-07/schema',
    load: async () => (await import('ajv')).Ajv as unknown as typeof Ajv2020,
  },
  {
    draft: 'draft-06',
    uri: 'http://json-schema.org/draft-06/schema',
    load: async () => (await import('ajv')).Ajv as unknown as typeof Ajv2020,
    // ajv reads it as draft-07, and has its own schema of it.
    meta: () => createRequire(import.meta.url)('ajv/dist/refs/json-schema-draft-06.json') as SchemaObject,
  },
  {
    draft: 'draft-04',
    uri: 'http://json-schema.org/draft-04/schema',
    load: async () => commonJs(await import('ajv-draft-04')) as typeof Ajv2020,
  },
]

/** CommonJS: what a package exports is the default export, one level deeper under some loaders. */
function commonJs(module: { readonly default: unknown }): unknown {
  return (module.default as { default?: unknown }).default ?? module.default
}

/** The address a schema of the version names in `$schema`. */
export function draftUri(draft: Draft): string {
  return (drafts.find((entry) => entry.draft === draft) as DraftEntry).uri
}

/** The version a schema names, 2020-12 when it names none. */
export function draftOf(schema: JsonObject): Draft {
  const named = schema.$schema
  if (named === undefined) return (drafts[0] as DraftEntry).draft
  const bare = typeof named === 'string' ? named.replace(/#$/, '').replace(/^https?:/, '') : undefined
  const entry = drafts.find(({ uri }) => uri.replace(/^https?:/, '') === bare)
  if (entry) return entry.draft
  throw wrongSchema(
    '#/$schema',
    `found ${shown(named)}, a version of JSON Schema that is not read`,
    `it reads ${drafts.map(({ uri }) => uri).join(', ')}`,
  )
}

/**
 * How ajv judges: what JSON Schema allows is allowed (ajv's own strict mode is off; slips of the pen are found by
 * `checkKeywords`); only an object's own properties count; all errors; formats on; NaN and infinities are no numbers; a quotient within 1e-6 of a whole number
 * is a multiple.
 */
export const ajvOptions = {
  strict: false,
  strictNumbers: true,
  ownProperties: true,
  allErrors: true,
  multipleOfPrecision: 6,
  logger: false,
} as const

/** Each schema is held to its version once, before it is compiled. */
const validated = { validateSchema: false } as const

const loaded = new Map<Draft, Promise<Ajv>>()

function ajvOf(draft: Draft): Promise<Ajv> {
  const known = loaded.get(draft) ?? load(draft)
  loaded.set(draft, known)
  return known
}

async function load(draft: Draft): Promise<Ajv> {
  const { load: loadClass, meta } = drafts.find((entry) => entry.draft === draft) as DraftEntry
  const Class = await loadClass()
  const ajv = new Class({ ...ajvOptions, ...validated, ...(meta ? { meta: meta() } : {}) })
  ;(commonJs(await import('ajv-formats')) as (ajv: Ajv) => void)(ajv)
  return ajv
}

/** A schema that others refer to by its address. */
export interface SchemaDocument {
  readonly uri: string
  readonly schema: JsonObject
}

/**
 * Checks a whole schema and those it refers to: keywords, formats, patterns and references. Returns what nothing
 * judges. Throws AssayError `wrong-schema`.
 */
export async function checkSchema(
  schema: JsonObject,
  draft: Draft,
  documents: readonly SchemaDocument[] = [],
): Promise<readonly Unjudged[]> {
  const ajv = await ajvOf(draft)
  const known = Object.keys(ajv.formats)
  const fits = (keyword: string, value: Json): boolean => ajv.validateSchema({ [keyword]: value }) === true
  const unjudged = [schema, ...documents.map((one) => one.schema)].flatMap((one) => checkKeywords(one, known, fits))
  await compile(schema, draft, documents)
  return unjudged
}

/** Whether anything judges texts of the format. */
export async function judgesFormat(format: Json | undefined, draft: Draft): Promise<boolean> {
  return typeof format !== 'string' || Object.hasOwn((await ajvOf(draft)).formats, format)
}

const compiled = byContent<Promise<Validate>>()
/** Of a schema that is the same object, nothing has to be read to know its content. */
const ofObject = new WeakMap<JsonObject, { readonly about: unknown; readonly validate: Promise<Validate> }>()

/**
 * Turns a schema into a function that judges values, once for each content. Throws AssayError `wrong-schema`.
 */
export function compile(
  schema: JsonObject,
  draft: Draft,
  documents: readonly SchemaDocument[] = [],
): Promise<Validate> {
  const known = ofObject.get(schema)
  if (known && known.about === (documents.length > 0 ? documents : draft)) return known.validate
  const validate = compileContent(schema, draft, documents)
  ofObject.set(schema, { about: documents.length > 0 ? documents : draft, validate })
  return validate
}

function compileContent(schema: JsonObject, draft: Draft, documents: readonly SchemaDocument[]): Promise<Validate> {
  const { $schema: _, ...bare } = schema
  const content = JSON.stringify([draft, canonical(bare), documents])
  return compiled(content, () => compileAnew(schema, bare, draft, documents))
}

async function compileAnew(
  schema: JsonObject,
  bare: JsonObject,
  draft: Draft,
  documents: readonly SchemaDocument[],
): Promise<Validate> {
  const ajv = await ajvOf(draft)
  if (!ajv.validateSchema(bare)) throw invalid(schema, ajv.errors ?? [])
  try {
    for (const { uri, schema: part } of documents) {
      const { $schema: __, ...rest } = part
      if (!ajv.validateSchema(rest)) throw invalid(part, ajv.errors ?? [])
      ajv.addSchema(rest, uri)
    }
    return judgeWith(ajv.compile(bare))
  } catch (cause) {
    const missing = (cause as { missingRef?: string }).missingRef
    throw missing === undefined
      ? wrongSchema('#', firstLine(cause), undefined, cause)
      : wrongSchema('#', `there is nothing at the $ref ${shown(missing)}`, hintForRef(missing), cause)
  } finally {
    // The instance is shared: two schemas may have the same $id.
    ajv.removeSchema()
  }
}

function judgeWith(validate: ValidateFunction): Validate {
  const findingOf = findings()
  return (value) => {
    try {
      return validate(value) ? undefined : (validate.errors ?? []).map(findingOf)
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause
      throw wrongSchema(
        '#',
        'its references lead in a circle, or the value is nested too deep to judge',
        undefined,
        cause,
      )
    }
  }
}

function hintForRef(ref: string): string {
  return /^(https?|ftp|urn):/.test(ref)
    ? 'nothing is fetched: put the schema under "$defs" with this "$id"'
    : 'put it under "$defs"; files are read only for a schema given as a path, from its own folder'
}

function invalid(schema: JsonObject, errors: readonly ErrorObject[]): Error {
  const deepest = [...errors].sort((a, b) => b.instancePath.length - a.instancePath.length)
  const error = deepest[0]
  const at = error?.instancePath ?? ''
  const words = deepest.filter(({ instancePath, keyword }) => instancePath === at && keyword !== 'anyOf').map(worded)
  return wrongSchema(`#${at}`, `found ${shown(valueAt(schema, at))}, but it ${[...new Set(words)].join(' or ')}`)
}

function worded({ keyword, message, params }: ErrorObject): string {
  const allowed = keyword === 'enum' ? ` (${(params as { allowedValues: unknown[] }).allowedValues.join(', ')})` : ''
  return `${message}${allowed}`
}

function valueAt(schema: JsonObject, at: string): unknown {
  let value: unknown = schema
  for (const step of at.split('/').slice(1)) {
    value = (value as Record<string, unknown> | undefined)?.[step.replaceAll('~1', '/').replaceAll('~0', '~')]
  }
  return value
}
