import { canonical } from '../results/canonical.ts'
import { isObject, type Json, type JsonObject, members, own, shown, textOf } from '../schema/json.ts'
import type { Validate } from '../schema/drafts.ts'
import { allowedTypes, allowsNumbers, fewValues, implies, lowerLimit, upperLimit } from './valueSet.ts'

/** A demand of one schema that another one does not make sure of: some value may hold to the other and break this one. */
export interface Escape {
  /** From the row to the place: names of properties; `*` for the members of a list or properties without a name. */
  readonly path: readonly string[]
  readonly keyword: string
  /** What is demanded. */
  readonly demand: Json
  /** What the other schema says about it, if anything. */
  readonly before: Json | undefined
}

/** What the comparison of parts needs of the whole schemas. */
export interface Whole {
  /** `$ref` means the same in both. */
  readonly sameRefs: boolean
  compile(schema: Json, side: 'from' | 'to'): Promise<Validate>
}

const annotations = ['$schema', '$id', '$comment', '$defs', 'definitions', 'title', 'description', 'default']
const silent = [...annotations, 'examples', 'deprecated', 'readOnly', 'writeOnly', 'contentEncoding']
const silentToo = ['contentMediaType', 'contentSchema', '$anchor', 'nullable', 'then', 'else', 'minContains']

/** The type that a keyword is about; values of other types hold to it. */
const about: Readonly<Record<string, 'string' | 'array' | 'object'>> = {
  minLength: 'string',
  maxLength: 'string',
  pattern: 'string',
  format: 'string',
  ...Object.fromEntries(
    ['items', 'prefixItems', 'additionalItems', 'contains', 'maxContains', 'minItems', 'maxItems', 'uniqueItems'].map(
      (name) => [name, 'array' as const],
    ),
  ),
  ...Object.fromEntries(
    ['properties', 'required', 'patternProperties', 'additionalProperties', 'propertyNames', 'minProperties'].map(
      (name) => [name, 'object' as const],
    ),
  ),
  ...Object.fromEntries(
    ['maxProperties', 'dependentRequired', 'dependentSchemas', 'dependencies'].map((name) => [name, 'object' as const]),
  ),
}

/** Keywords whose meaning hangs on others beside them. */
const leansOn: Readonly<Record<string, readonly string[]>> = {
  additionalProperties: ['properties', 'patternProperties'],
  items: ['prefixItems'],
  additionalItems: ['items'],
  contains: ['minContains', 'maxContains'],
  maxContains: ['contains', 'minContains'],
  if: ['then', 'else'],
}

/**
 * What `to` demands of values that `from` does not make sure of. An empty answer is a proof that every value valid
 * under `from` is valid under `to`; any other answer proves nothing by itself.
 */
export async function escapes(from: Json, to: Json, whole: Whole, path: readonly string[] = []): Promise<Escape[]> {
  if (from === false || to === true || (whole.sameRefs && canonical(from) === canonical(to))) return []
  if (!isObject(to)) return [{ path, keyword: 'not', demand: {}, before: undefined }]
  const [before, wanted] = [isObject(from) ? (from as JsonObject) : {}, to as JsonObject]
  const few = fewValues(before)
  if (few) return fewEscapes(few, { from: before, to: wanted }, whole, path)
  const types = allowedTypes(before)
  const out: Escape[] = []
  for (const [keyword, demand] of Object.entries(wanted)) {
    if (silent.includes(keyword) || silentToo.includes(keyword) || keyword.startsWith('x-')) continue
    const type = about[keyword]
    if (type && !types.has(type)) continue
    const inner = await innerEscapes(keyword, before, wanted, whole, path)
    if (inner) out.push(...inner)
    else if (!holds(keyword, before, wanted, whole)) out.push({ path, keyword, demand, before: own(before, keyword) })
  }
  return out
}

async function fewEscapes(
  values: readonly Json[],
  { from, to }: { from: JsonObject; to: JsonObject },
  whole: Whole,
  path: readonly string[],
): Promise<Escape[]> {
  const [valid, wanted] = [await whole.compile(from, 'from'), await whole.compile(to, 'to')]
  const keywords = new Set<string>()
  for (const value of values) if (!valid(value)) for (const { keyword } of wanted(value) ?? []) keywords.add(keyword)
  return [...keywords].map((keyword) => {
    const before = own(from, 'enum') ?? own(from, keyword)
    return { path, keyword, demand: own(to, keyword) ?? to, before }
  })
}

/** Keywords about parts of a value are compared part by part. */
async function innerEscapes(
  keyword: string,
  from: JsonObject,
  to: JsonObject,
  whole: Whole,
  path: readonly string[],
): Promise<Escape[] | undefined> {
  if (keyword === 'items') {
    const lists = [from, to].some(({ items, prefixItems }) => Array.isArray(items) || prefixItems !== undefined)
    return lists ? undefined : escapes(from.items ?? true, to.items as Json, whole, [...path, '*'])
  }
  const patterns = [from, to].some(({ patternProperties }) => patternProperties !== undefined)
  if (keyword === 'properties') {
    const wanted = to.properties as JsonObject
    const found = Object.entries(wanted).map(([name, inner]) =>
      escapes(propertyOf(from, name), inner, whole, [...path, name]),
    )
    return (await Promise.all(found)).flat()
  }
  if (keyword === 'additionalProperties' && !patterns) {
    const demand = to.additionalProperties as Json
    const known = members(to, 'properties')
    const more = Object.keys(members(from, 'properties')).filter((name) => !Object.hasOwn(known, name))
    const named = more.map(async (name): Promise<Escape[]> => {
      const given = propertyOf(from, name)
      if (demand === false) return given === false ? [] : [{ path, keyword, demand: name, before: undefined }]
      return escapes(given, demand, whole, [...path, name])
    })
    const others = escapes(from.additionalProperties ?? true, demand, whole, [...path, '*'])
    const rest = (await others).map((one) => (demand === false ? { path, keyword, demand, before: undefined } : one))
    return [...(await Promise.all(named)).flat(), ...rest]
  }
  if (keyword === 'required') {
    const given = (from.required ?? []) as readonly string[]
    const missing = (to.required as readonly string[]).filter((name) => !given.includes(name))
    return missing.map((name) => ({ path, keyword, demand: name, before: undefined }))
  }
  return undefined
}

/** What a schema says about a property, be it named or not. */
function propertyOf(schema: JsonObject, name: string): Json {
  const named = own(members(schema, 'properties'), name)
  if (named !== undefined) return named
  return schema.patternProperties === undefined ? (schema.additionalProperties ?? true) : true
}

function holds(keyword: string, from: JsonObject, to: JsonObject, whole: Whole): boolean {
  const [before, wanted] = [own(from, keyword), own(to, keyword) as Json]
  switch (keyword) {
    case 'type': {
      const allowed = allowedTypes(to)
      return [...allowedTypes(from)].every((type) => allowed.has(type) || (type === 'integer' && allowed.has('number')))
    }
    case 'minimum':
    case 'exclusiveMinimum':
      return !allowsNumbers(from) || implies(lowerLimit(from), limitOf(keyword, wanted), 1)
    case 'maximum':
    case 'exclusiveMaximum':
      return !allowsNumbers(from) || implies(upperLimit(from), limitOf(keyword, wanted), -1)
    case 'multipleOf':
      return !allowsNumbers(from) || isMultiple(from, before, wanted)
    case 'minLength':
    case 'minItems':
    case 'minProperties':
      return wanted === 0 || (typeof before === 'number' && before >= (wanted as number))
    case 'maxLength':
    case 'maxItems':
    case 'maxProperties':
      return typeof before === 'number' && before <= (wanted as number)
    default:
      return says(keyword, from, to, whole)
  }
}

const limitOf = (keyword: string, value: Json) => ({
  value: value as number,
  strict: keyword.startsWith('exclusive'),
})

/** Quotients are whole within 1e-6, so only whole numbers and equal divisors prove anything. */
function isMultiple(from: JsonObject, before: Json | undefined, wanted: Json): boolean {
  if (before === wanted) return true
  if (allowedTypes(from).has('number')) return false
  if (wanted === 1) return true
  const whole = [before, wanted].every((value) => Number.isInteger(value) && (value as number) < 1e5)
  return whole && (before as number) % (wanted as number) === 0
}

/** Whether `from` says the same, and its words mean the same there. */
function says(keyword: string, from: JsonObject, to: JsonObject, { sameRefs }: Whole): boolean {
  const leans = keyword.startsWith('unevaluated') ? Object.keys({ ...from, ...to }) : (leansOn[keyword] ?? [])
  const same = [keyword, ...leans].every((name) => {
    const [a, b] = [own(from, name), own(to, name)]
    return a === undefined || b === undefined ? a === b : canonical(a) === canonical(b)
  })
  return same && (sameRefs || !/"\$(ref|dynamicRef|recursiveRef)"/.test(JSON.stringify(to)))
}

/** The demand in words, e.g. `maximum 5`. */
export function demandWords(keyword: string, value: Json): string {
  return keyword === 'type' ? [value].flat().map(textOf).join(' or ') : `${keyword} ${shown(value)}`
}
