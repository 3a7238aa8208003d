import { firstLine, nearest } from '../errors.ts'
import { isObject, type Json, type JsonObject, pointer, shown, wrongSchema } from './json.ts'

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

/** Keywords that judge values, of any version. A version ignores those of another. */
export const judgingKeywords = [
  ...new Set([
    ...single.filter((name) => name !== 'contentSchema'),
    ...lists,
    ...maps,
    '$anchor',
    '$dynamicAnchor',
    '$dynamicRef',
    '$id',
    '$recursiveAnchor',
    '$recursiveRef',
    '$ref',
    'const',
    'dependentRequired',
    'enum',
    'exclusiveMaximum',
    'exclusiveMinimum',
    'format',
    'formatExclusiveMaximum',
    'formatExclusiveMinimum',
    'formatMaximum',
    'formatMinimum',
    'maxContains',
    'maxItems',
    'maxLength',
    'maxProperties',
    'maximum',
    'minContains',
    'minItems',
    'minLength',
    'minProperties',
    'minimum',
    'multipleOf',
    'nullable',
    'pattern',
    'required',
    'type',
    'uniqueItems',
    'x-assay',
  ]),
]

/** Whether the name is a keyword that judges values in some version. */
export function isJudging(name: string): boolean {
  return judgingKeywords.includes(name)
}

/** A part of a schema that nothing judges. */
export interface Unjudged {
  /** The part and its place, in words. */
  readonly what: string
  /** The standard has it, and validators may leave it alone: a warning says so. Anything else fails. */
  readonly standard: boolean
}

/** Words that are near a keyword and are none: annotations of JSON Schema and of those who build on it. */
const annotations = ['title', 'description', 'default', 'examples', 'example', 'deprecated', 'readOnly', 'writeOnly']
/** Formats of JSON Schema that ajv has no check for. */
const unchecked = ['idn-email', 'idn-hostname', 'iri', 'iri-reference']

/**
 * Checks that patterns are valid and that no keyword or format is a likely slip of the pen. Other unknown keywords
 * judge nothing, as JSON Schema has it; the formats that nothing judges are returned, with their places.
 */
export function checkKeywords(schema: JsonObject, formats: readonly string[]): readonly Unjudged[] {
  const unjudged: Unjudged[] = []
  for (const [part, at] of subschemas(schema)) {
    for (const name of Object.keys(part)) {
      if (isJudging(name) || annotations.includes(name) || name.startsWith('x-')) continue
      const near = nearest(name, judgingKeywords)
      if (near)
        throw wrongSchema(pointer(at, name), `there is no keyword ${shown(name)}`, `did you mean ${shown(near)}?`)
    }
    const { format, pattern } = part
    if (typeof format === 'string' && !formats.includes(format)) {
      const near = unchecked.includes(format) ? undefined : nearest(format, formats)
      if (near)
        throw wrongSchema(pointer(at, 'format'), `there is no format ${shown(format)}`, `did you mean ${shown(near)}?`)
      unjudged.push({ what: `format ${shown(format)} at ${at}`, standard: unchecked.includes(format) })
    }
    if (typeof pattern === 'string') checkPattern(pattern, pointer(at, 'pattern'))
    const named = part.patternProperties
    if (isObject(named))
      for (const name of Object.keys(named)) checkPattern(name, pointer(`${at}/patternProperties`, name))
  }
  return unjudged
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
