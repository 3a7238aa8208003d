import type { Relation } from '../engine/engine.ts'
import { isObject, type Json, type JsonObject } from './json.ts'
import { isJudging } from './keywords.ts'

/** What of a row a schema may judge. */
export interface JudgedNames {
  /** It says something of rows whatever their columns are, or nobody can tell. */
  readonly any: boolean
  /** The columns that it says something of, where they are there. */
  readonly names: ReadonlySet<string>
  readonly patterns: readonly RegExp[]
}

/** Keywords that judge each object. */
const ofAny = ['$dynamicRef', '$recursiveRef', 'const', 'enum', 'maxProperties', 'minProperties', 'not', 'required']
/** Those that do unless they are true. */
const ofOthers = ['additionalProperties', 'propertyNames', 'unevaluatedProperties']

/**
 * What a schema of rows may judge, by itself and where it refers to; `root` is the document that its references are of. A
 * schema that judges no column that is there accepts all rows.
 */
export function judgedNames(row: JsonObject, root: JsonObject): JudgedNames {
  const names = new Set<string>()
  const patterns: RegExp[] = []
  const seen = new Set<Json>()
  let isAny = false
  const walk = (schema: Json): void => {
    if (schema === false) isAny = true
    if (!isObject(schema) || seen.has(schema)) return
    seen.add(schema)
    const part = schema as JsonObject
    isAny ||= ofAny.some((name) => part[name] !== undefined)
    isAny ||= ofOthers.some((name) => part[name] !== undefined && part[name] !== true)
    isAny ||= part.type !== undefined && ![part.type].flat().includes('object')
    for (const [name, value] of membersOf(part.properties)) if (judges(value)) names.add(name)
    for (const [name, value] of membersOf(part.patternProperties))
      if (judges(value)) patterns.push(new RegExp(name, 'u'))
    for (const name of ['dependencies', 'dependentRequired', 'dependentSchemas'])
      for (const [trigger] of membersOf(part[name])) names.add(trigger)
    // Of several that accept all rows, one too many does.
    isAny ||= Array.isArray(part.oneOf) && part.oneOf.length > 1
    for (const inner of [part.allOf, part.anyOf, part.oneOf].flat()) if (inner !== undefined) walk(inner)
    for (const inner of [part.then, part.else]) if (inner !== undefined) walk(inner)
    if (part.$ref === undefined) return
    const target = typeof part.$ref === 'string' ? placeIn(root, part.$ref) : undefined
    if (target === undefined) isAny = true
    else walk(target)
  }
  walk(row)
  return { any: isAny, names, patterns }
}

/** Whether it judges rows that have these columns. */
export const judgesSome = ({ any, names, patterns }: JudgedNames, { columns }: Pick<Relation, 'columns'>): boolean =>
  any || columns.some(({ name }) => names.has(name) || patterns.some((pattern) => pattern.test(name)))

/** The columns that it names, and patterns of names. */
export const namesOf = ({ names, patterns }: JudgedNames): readonly string[] => [
  ...names,
  ...patterns.map(({ source }) => source),
]

const membersOf = (value: Json | undefined): readonly (readonly [string, Json])[] =>
  isObject(value) ? Object.entries(value as JsonObject) : []

/** Whether a schema of a value says anything of it. */
const judges = (schema: Json): boolean => schema === false || (isObject(schema) && Object.keys(schema).some(isJudging))

/** What stands at a reference within the document; undefined for others and where nothing does. */
function placeIn(root: JsonObject, reference: string): Json | undefined {
  if (reference !== '#' && !reference.startsWith('#/')) return undefined
  const names = reference
    .split('/')
    .slice(1)
    .map((name) => decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~'))
  let place: Json | undefined = root
  for (const name of names) {
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, name)) return undefined
    place = (place as Readonly<Record<string, Json>>)[name]
  }
  return place
}
