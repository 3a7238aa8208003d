import { editDistance, firstLine, nearest } from '../errors.ts'
import { isObject, type Json, type JsonObject, pointer, shown, textOf, wrongSchema } from './json.ts'

const single = [
  'additionalItems',
  'additionalProperties',
  'contains',
  'contentSchema',
  'else',
  'if',
  'items',
  'not',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
]
const lists = ['allOf', 'anyOf', 'items', 'oneOf', 'prefixItems']
const maps = ['$defs', 'definitions', 'dependencies', 'dependentSchemas', 'patternProperties', 'properties']

/** Every schema inside a schema, itself first, with its JSON pointer. */
export function* subschemas(schema: Json, at = '#'): Generator<readonly [JsonObject, string]> {
  if (!isObject(schema)) return
  const object = schema as JsonObject
  yield [object, at]
  for (const [name, value] of Object.entries(object)) {
    const here = pointer(at, name)
    if (Array.isArray(value)) {
      if (lists.includes(name)) for (const [i, item] of value.entries()) yield* subschemas(item, pointer(here, i))
    } else if (maps.includes(name) && isObject(value)) {
      for (const [key, item] of Object.entries(value as JsonObject)) yield* subschemas(item, pointer(here, key))
    } else if (single.includes(name)) yield* subschemas(value, here)
  }
}

/** Keywords that judge values of every kind, or say where a schema stands. */
const ofAnything = [
  '$anchor',
  '$dynamicAnchor',
  '$dynamicRef',
  '$id',
  '$recursiveAnchor',
  '$recursiveRef',
  '$ref',
  'const',
  'enum',
  'nullable',
  'type',
  'x-assay',
]
/** Keywords that judge nothing but objects. */
const ofObjects = [
  'additionalProperties',
  'dependencies',
  'dependentRequired',
  'dependentSchemas',
  'maxProperties',
  'minProperties',
  'patternProperties',
  'properties',
  'propertyNames',
  'required',
  'unevaluatedProperties',
]
/** Keywords that judge nothing but lists. */
const ofLists = [
  'additionalItems',
  'contains',
  'items',
  'maxContains',
  'maxItems',
  'minContains',
  'minItems',
  'prefixItems',
  'unevaluatedItems',
  'uniqueItems',
]
/** Keywords that judge nothing but numbers. */
export const ofNumbers: readonly string[] = ['exclusiveMaximum', 'exclusiveMinimum', 'maximum', 'minimum', 'multipleOf']
/** Keywords that judge nothing but texts. */
export const ofTexts: readonly string[] = ['maxLength', 'minLength', 'pattern']
/** Keywords that judge texts or numbers, as the format has it. */
const ofFormats = ['format', 'formatExclusiveMaximum', 'formatExclusiveMinimum', 'formatMaximum', 'formatMinimum']
const ofScalars = [...ofFormats, ...ofNumbers, ...ofTexts]

/** Keywords that judge values, of any version. A version ignores those of another. */
export const judgingKeywords = [
  ...new Set([
    ...single.filter((name) => name !== 'contentSchema'),
    ...lists,
    ...maps,
    ...[...ofAnything, ...ofObjects, ...ofLists, ...ofScalars].sort(),
  ]),
]

/** Whether the name is a keyword that judges values in some version. */
export function isJudging(name: string): boolean {
  return judging.has(name)
}

const judging: ReadonlySet<string> = new Set(judgingKeywords)

/** Keywords that say nothing of a text, a number or a boolean. */
export const nestedKeywords: readonly string[] = [...ofObjects, ...ofLists]
/** Formats that judge numbers and leave texts alone. */
export const numberFormats = ['int32', 'int64', 'float', 'double']
/** Keywords that judge nothing by themselves. */
const silent: ReadonlySet<string> = new Set([
  '$anchor',
  '$dynamicAnchor',
  '$id',
  '$recursiveAnchor',
  'nullable',
  'x-assay',
])

/** What values a keyword judges where it leaves all others alone; `any`: all, or nobody can tell before. */
export type JudgedValues = 'numbers' | 'texts' | 'lists' | 'objects' | 'any'

/** What values each keyword of a schema judges. */
export function judgedValues(schema: JsonObject): ReadonlyMap<string, JudgedValues> {
  const judged = Object.keys(schema).filter((name) => isJudging(name) && !silent.has(name))
  return new Map(judged.map((name) => [name, valuesOf(name, schema)]))
}

/** What a schema judges, in words: `minimum judges numbers only`. */
export function judgesOnly(schema: JsonObject): string {
  const judged = judgedValues(schema)
  const kinds = [...new Set(judged.values())].join(' and ')
  return `${[...judged.keys()].join(', ')} ${judged.size === 1 ? 'judges' : 'judge'} ${kinds} only`
}

/** Whether a schema says something of values, and nothing of those that are held. */
export function judgesOthers(schema: JsonObject, held: readonly (JudgedValues | 'others')[]): boolean {
  const judged = [...judgedValues(schema).values()]
  return (
    judged.length > 0 && !held.includes('any') && judged.every((values) => values !== 'any' && !held.includes(values))
  )
}

function valuesOf(keyword: string, { format }: JsonObject): JudgedValues {
  if (ofNumbers.includes(keyword)) return 'numbers'
  if (ofTexts.includes(keyword)) return 'texts'
  if (ofFormats.includes(keyword)) return numberFormats.includes(textOf(format)) ? 'numbers' : 'texts'
  if (ofLists.includes(keyword)) return 'lists'
  return ofObjects.includes(keyword) ? 'objects' : 'any'
}
const notOfRows: ReadonlySet<string> = new Set([...ofLists, ...ofScalars])

/** Whether a keyword judges rows, which are objects. */
export const judgesRows = (name: string): boolean => isJudging(name) && !notOfRows.has(name)

/** A part of a schema that nothing judges. */
export interface Unjudged {
  /** The part and its place, in words. */
  readonly what: string
  /** Somebody knows it, or other keywords judge the same values: a warning says so. Anything else fails. */
  readonly known: boolean
}

/** Words that are no keywords, and mean to be none: annotations of JSON Schema and of those who build on it. */
const annotations = [
  '$comment',
  '$schema',
  '$vocabulary',
  'contentEncoding',
  'contentMediaType',
  'contentSchema',
  'default',
  'defaultSnippets',
  'deprecated',
  'deprecationMessage',
  'description',
  'discriminator',
  'enumDescriptions',
  'enumNames',
  'errorMessage',
  'example',
  'examples',
  'externalDocs',
  'id',
  'markdownDescription',
  'markdownEnumDescriptions',
  'name',
  'options',
  'patternErrorMessage',
  'readOnly',
  'title',
  'version',
  'writeOnly',
  'xml',
]
/** Formats that others define and ajv has no check for: of JSON Schema, of OpenAPI, of the libraries that write schemas. */
const unchecked = [
  'idn-email idn-hostname iri iri-reference base64 base64url char commonmark date-time-local decimal',
  'decimal128 double-int html http-date markdown media-range time-local unixtime int8 int16 uint uint8',
  'uint16 uint32 uint64 int integer number string color color-hex ip cidr cidrv4 cidrv6 guid cuid cuid2',
  'ulid ksuid xid nanoid jwt e164 emoji lowercase uppercase',
].flatMap((words) => words.split(' '))
const MOST_NAMED = 8

/**
 * Checks that patterns are valid and that no keyword or format is a likely slip of the pen: near a known one, with a
 * value that fits it. Others judge nothing, as JSON Schema has it, and are returned with their places.
 */
export function checkKeywords(
  schema: JsonObject,
  formats: readonly string[],
  fits: (keyword: string, value: Json) => boolean,
): readonly Unjudged[] {
  const unjudged: Unjudged[] = []
  const strange = new Map<string, string>()
  const meant = new Map<string, string | undefined>()
  const slip = (name: string): string | undefined => {
    // Who builds on JSON Schema writes `x-…`, of which one is ours.
    const known = name.startsWith('x-') ? ['x-assay'] : judgingKeywords
    if (!meant.has(name)) meant.set(name, slipOf(name, known))
    return meant.get(name)
  }
  for (const [part, at] of subschemas(schema)) {
    for (const [name, value] of Object.entries(part)) {
      if (isJudging(name) || annotations.includes(name)) continue
      const near = slip(name)
      if (near && fits(near, value))
        throw wrongSchema(pointer(at, name), `there is no keyword ${shown(name)}`, `did you mean ${shown(near)}?`)
      if (name.startsWith('x-')) continue
      // What stands beside the schema of a row is about the schema, unless it looks like a keyword.
      const inside = at !== '#' || nearest(name, judgingKeywords) !== undefined
      if (inside && !strange.has(name)) strange.set(name, pointer(at, name))
    }
    const { format, pattern } = part
    if (typeof format === 'string' && !formats.includes(format)) {
      const near = unchecked.includes(format) ? undefined : slipOf(format, formats)
      if (near)
        throw wrongSchema(pointer(at, 'format'), `there is no format ${shown(format)}`, `did you mean ${shown(near)}?`)
      const alone = Object.keys(part).every((name) => ['type', 'format'].includes(name) || !isJudging(name))
      const column = /^#\/properties\/[^/]*$/.test(at)
      unjudged.push({
        what: `format ${shown(format)} at ${at}`,
        known: unchecked.includes(format) || !(alone && column),
      })
    }
    if (typeof pattern === 'string') checkPattern(pattern, pointer(at, 'pattern'))
    const named = part.patternProperties
    if (isObject(named))
      for (const name of Object.keys(named)) checkPattern(name, pointer(`${at}/patternProperties`, name))
  }
  return [...unjudged, ...strangeKeywords([...strange])]
}

/** One remark on all keywords that nobody knows, with the place of each one's first. */
function strangeKeywords(strange: readonly (readonly [name: string, at: string])[]): readonly Unjudged[] {
  if (strange.length === 0) return []
  const named = strange.slice(0, MOST_NAMED).map(([name, at]) => `${shown(name)} at ${at}`)
  const more = strange.length - named.length
  const list = `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  return [{ what: `the ${strange.length === 1 ? 'keyword' : 'keywords'} ${list}`, known: true }]
}

/** The name that a slip of the pen meant: one letter off, two in long names; its digits and its beginning are right. */
export function slipOf(name: string, names: readonly string[]): string | undefined {
  const near = nearest(name, names)
  if (near === undefined) return undefined
  const digits = (text: string): string => text.replace(/\D/g, '')
  const beginning = (text: string): string => text.replace('$', '').toLowerCase().slice(0, 2).split('').sort().join('')
  const begins =
    near.replace('$', '')[0] === name.replace('$', '')[0]?.toLowerCase() || beginning(near) === beginning(name)
  const far = editDistance(name.toLowerCase(), near.toLowerCase()) > (name.length < 8 ? 1 : 2)
  return far || !begins || digits(near) !== digits(name) ? undefined : near
}

function checkPattern(pattern: string, at: string): void {
  try {
    new RegExp(pattern, 'u')
  } catch (cause) {
    throw wrongSchema(
      at,
      `found ${shown(pattern)}, which is no regular expression: ${firstLine(cause)}`,
      'patterns are JavaScript expressions, read with flag u',
      cause,
    )
  }
}
