import type { Relation } from '../engine/engine.ts'
import { isIdle } from './idleKeywords.ts'
import { isObject, type Json, type JsonObject } from './json.ts'
import { isJudging } from './keywords.ts'

/** What of a row a schema may judge. */
export interface JudgedNames {
  /** It says something of rows whatever their columns are, or nobody can tell. */
  readonly any: boolean
  /** The columns that it says something of, where they are there, and what. */
  readonly names: ReadonlyMap<string, readonly Json[]>
  /** The same of columns whose names match. */
  readonly patterns: ReadonlyMap<string, readonly Json[]>
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
  const names = new Map<string, Json[]>()
  const patterns = new Map<string, Json[]>()
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
    for (const [name, value] of membersOf(part.properties)) if (judges(value)) addTo(names, name, value)
    for (const [name, value] of membersOf(part.patternProperties)) if (judges(value)) addTo(patterns, name, value)
    for (const name of ['dependencies', 'dependentRequired', 'dependentSchemas'])
      for (const [trigger] of membersOf(part[name])) addTo(names, trigger, false)
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
export function judgesSome({ any, names, patterns }: JudgedNames, { columns }: Pick<Relation, 'columns'>): boolean {
  const matching = [...patterns].map(([source, schemas]) => [new RegExp(source, 'u'), schemas] as const)
  return (
    any ||
    columns.some((column) => {
      const { name } = column
      const others = matching.filter(([pattern]) => pattern.test(name)).flatMap(([, schemas]) => schemas)
      return [...(names.get(name) ?? []), ...others].some(
        (schema) => !isObject(schema) || !isIdle(schema as JsonObject, column),
      )
    })
  )
}

/** The columns that it names, and patterns of names. */
export const namesOf = ({ names, patterns }: JudgedNames): readonly string[] => [...names.keys(), ...patterns.keys()]

function addTo(all: Map<string, Json[]>, name: string, schema: Json): void {
  all.set(name, [...(all.get(name) ?? []), schema])
}

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
