import { percentDecoded } from '../bytes/address.ts'
import { isObject, type Json, type JsonObject, objectOf, own, textOf } from './json.ts'
import { numberFormats, ofNumbers, ofTexts, subschemas } from './keywords.ts'
import { formats, type JsonType, typesOf } from './reading.ts'
import type { TableSchema } from './tableSchema.ts'

const lists = ['allOf', 'anyOf', 'oneOf']
const branches = ['if', 'then', 'else', 'not']

/**
 * What a schema says of how the cells of a text file's column read, as rules with a `type`: the column's own, or the
 * types that its keywords and the parts of the schema ask for, wherever they stand. What the file's cells look like has
 * no say, unless the schema asks nothing of them.
 */
export function cellRules(table: TableSchema, name: string): JsonObject {
  const rules = table.columns.find((column) => column.name === name)?.rules ?? {}
  if (typesOf(rules)) return rules
  const known = rulesOfCells.get(table) ?? new Map<string, JsonObject>()
  rulesOfCells.set(table, known)
  const cells = known.get(name) ?? { ...rules, ...withTypes([...partsFor(table, name, rules)]) }
  known.set(name, cells)
  return cells
}

const rulesOfCells = new WeakMap<TableSchema, Map<string, JsonObject>>()

/** The type that a column's own keywords ask for where it names none: a limit of numbers is asked of numbers. */
export function numbersAsked(rules: JsonObject): boolean {
  if (typesOf(rules) || rules.enum !== undefined || rules.const !== undefined) return false
  const types = withTypes([rules]).type
  return Array.isArray(types) && types.length === 1 && types[0] === 'number'
}

function withTypes(parts: readonly JsonObject[]): JsonObject {
  const types = new Set(parts.flatMap(typesAsked))
  if (types.has('number')) types.delete('integer')
  if (types.size === 0) return {}
  const times = new Set(parts.filter((part) => typesAsked(part).includes('string')).map(({ format }) => format))
  const [format] = times
  const timed = times.size === 1 && typeof format === 'string' && Object.hasOwn(formats, format)
  return { type: [...types], ...(timed ? { format } : {}) }
}

function typesAsked(part: JsonObject): readonly JsonType[] {
  const types = typesOf(part)
  if (types) {
    const cells = types.map((type) => (type === 'array' || type === 'object' ? 'string' : type))
    return cells.filter((type) => type !== 'null')
  }
  const { enum: listed, const: only, format } = part
  const values: readonly Json[] = Array.isArray(listed) ? listed : only === undefined ? [] : [only]
  const has = (names: readonly string[]): boolean => names.some((name) => part[name] !== undefined)
  const kinds = values.map((value) => typeof value).filter((kind) => kind !== 'object') as JsonType[]
  return [
    ...kinds,
    ...(has(ofNumbers) || numberFormats.includes(textOf(format)) ? (['number'] as const) : []),
    ...(has(ofTexts) || (typeof format === 'string' && !numberFormats.includes(format)) ? (['string'] as const) : []),
  ]
}

/** The schemas that a value of the column may be held to. */
function* partsFor(table: TableSchema, name: string, rules: JsonObject): Generator<JsonObject> {
  const { row = {}, shared } = table
  const root: JsonObject = { ...shared, ...row }
  const seen = new Set<JsonObject>()
  yield* inPlace(rules, root, table, seen)
  for (const part of inPlace(row, root, table, seen)) {
    const properties = isObject(part.properties) ? (part.properties as JsonObject) : {}
    const patterns = isObject(part.patternProperties) ? Object.entries(part.patternProperties as JsonObject) : []
    const named = [own(properties, name), ...patterns.filter(([of]) => matches(of, name)).map(([, value]) => value)]
    const others = named.every((value) => value === undefined)
      ? [part.additionalProperties, part.unevaluatedProperties]
      : []
    for (const value of [...named, ...others])
      if (isObject(value)) yield* inPlace(value as JsonObject, root, table, seen)
  }
}

/** The schema and those that judge the same value with it. */
function* inPlace(
  part: JsonObject,
  root: JsonObject,
  table: TableSchema,
  seen: Set<JsonObject>,
): Generator<JsonObject> {
  if (seen.has(part)) return
  seen.add(part)
  yield part
  const dependent = [part.dependentSchemas, part.dependencies].flatMap((map) =>
    isObject(map) ? Object.values(map as JsonObject) : [],
  )
  const inner = [
    ...lists.flatMap((keyword) => (Array.isArray(part[keyword]) ? (part[keyword] as readonly Json[]) : [])),
    ...branches.map((keyword) => part[keyword]),
    ...dependent,
    referred(part.$ref, root, table),
  ]
  for (const one of inner) if (isObject(one)) yield* inPlace(one as JsonObject, root, table, seen)
}

function matches(pattern: string, name: string): boolean {
  return new RegExp(pattern, 'u').test(name)
}

/** The schema that a reference leads to, where it stands in the schema or in a file beside it. */
function referred(ref: Json | undefined, root: JsonObject, { documents = [] }: TableSchema): Json | undefined {
  if (typeof ref !== 'string') return undefined
  const [address, fragment = ''] = ref.split('#', 2) as [string, string?]
  const whole =
    address === ''
      ? root
      : (documents.find(({ uri }) => uri === address || uri.endsWith(`/${address}`))?.schema ??
        partOf(root, (part) => part.$id === address || part.id === address))
  if (whole === undefined || fragment === '') return whole
  if (!fragment.startsWith('/')) return partOf(whole, (part) => part.$anchor === fragment || part.$id === ref)
  let value: Json | undefined = whole
  for (const step of fragment.slice(1).split('/')) {
    const key = percentDecoded(step).replaceAll('~1', '/').replaceAll('~0', '~')
    value = Array.isArray(value)
      ? (value[Number(key)] as Json | undefined)
      : isObject(value)
        ? own(value as JsonObject, key)
        : undefined
  }
  return value
}

function partOf(schema: JsonObject, fits: (part: JsonObject) => boolean): JsonObject | undefined {
  for (const [part] of subschemas(schema)) if (fits(part)) return part
  return undefined
}

/** Rules with the type that limits of numbers ask for. */
export const withNumbers = (rules: JsonObject): JsonObject => objectOf([...Object.entries(rules), ['type', 'number']])
