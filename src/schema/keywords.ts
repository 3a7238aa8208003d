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

/**
 * Checks that keywords and formats are known and patterns are valid, naming where they are not and what is near.
 * Returns the `x-` keywords the schema uses.
 */
export function checkKeywords(
  schema: JsonObject,
  known: { readonly keywords: readonly string[]; readonly formats: readonly string[] },
): ReadonlySet<string> {
  const extensions = new Set<string>()
  for (const [part, at] of subschemas(schema)) {
    for (const name of Object.keys(part)) {
      if (name.startsWith('x-') && /^x-[\w:-]+$/.test(name)) extensions.add(name)
      else if (!known.keywords.includes(name)) {
        const near = nearest(name, known.keywords)
        throw wrongSchema(
          pointer(at, name),
          `there is no keyword ${shown(name)}`,
          near ? `did you mean ${shown(near)}?` : 'keywords of your own start with "x-"',
        )
      }
    }
    const { format, pattern } = part
    if (typeof format === 'string' && !known.formats.includes(format)) {
      const near = nearest(format, known.formats)
      throw wrongSchema(
        pointer(at, 'format'),
        `there is no format ${shown(format)}`,
        near ? `did you mean ${shown(near)}?` : `the formats are ${known.formats.join(', ')}`,
      )
    }
    if (typeof pattern === 'string') checkPattern(pattern, pointer(at, 'pattern'))
    const named = part.patternProperties
    if (isObject(named))
      for (const name of Object.keys(named)) checkPattern(name, pointer(`${at}/patternProperties`, name))
  }
  return extensions
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
