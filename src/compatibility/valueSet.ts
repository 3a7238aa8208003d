import { isObject, type Json, type JsonObject } from '../schema/json.ts'
import { type JsonType, typesOf } from '../schema/reading.ts'

/** The types that a schema lets a value have; `number` includes integers. All of them when it does not say. */
export function allowedTypes(schema: JsonObject): ReadonlySet<JsonType> {
  const types = new Set<JsonType>(typesOf(schema) ?? ['null', 'boolean', 'object', 'array', 'number', 'string'])
  if (types.has('number')) types.delete('integer')
  return types
}

/** Whether the schema lets a value be a number of any kind. */
export function allowsNumbers(schema: JsonObject): boolean {
  const types = allowedTypes(schema)
  return types.has('number') || types.has('integer')
}

export interface SetLimit {
  readonly value: number
  readonly strict: boolean
}

/** The largest lower limit of numbers; for whole numbers the smallest one that is allowed. */
export function lowerLimit(schema: JsonObject): SetLimit | undefined {
  return tightest(schema, { plain: 'minimum', strict: 'exclusiveMinimum', sign: 1 })
}

/** The smallest upper limit of numbers; for whole numbers the largest one that is allowed. */
export function upperLimit(schema: JsonObject): SetLimit | undefined {
  return tightest(schema, { plain: 'maximum', strict: 'exclusiveMaximum', sign: -1 })
}

interface Side {
  readonly plain: string
  readonly strict: string
  /** 1 for a lower limit, -1 for an upper one. */
  readonly sign: 1 | -1
}

function tightest(schema: JsonObject, { plain, strict, sign }: Side): SetLimit | undefined {
  const limits: SetLimit[] = []
  // In draft-04 the strict one is a flag of the plain one.
  if (typeof schema[plain] === 'number') limits.push({ value: schema[plain], strict: schema[strict] === true })
  if (typeof schema[strict] === 'number') limits.push({ value: schema[strict], strict: true })
  const [limit] = limits.sort((a, b) => sign * (b.value - a.value) || Number(b.strict) - Number(a.strict))
  if (!limit || allowedTypes(schema).has('number') || !Number.isSafeInteger(Math.round(limit.value))) return limit
  const whole = sign * Math.ceil(sign * limit.value)
  return { value: limit.strict && whole === limit.value ? whole + sign : whole, strict: false }
}

/** Whether a limit that holds makes another one hold: `sign` is 1 for lower limits, -1 for upper ones. */
export function implies(given: SetLimit | undefined, wanted: SetLimit, sign: 1 | -1): boolean {
  if (!given) return false
  const distance = sign * (given.value - wanted.value)
  return distance > 0 || (distance === 0 && (given.strict || !wanted.strict))
}

const MOST_INTEGERS = 1000

/**
 * A list that holds every value the schema allows, where there are few; it may hold others too. Undefined where there
 * are many.
 */
export function fewValues(schema: JsonObject): readonly Json[] | undefined {
  if (schema.const !== undefined) return [schema.const]
  if (Array.isArray(schema.enum)) return schema.enum as readonly Json[]
  const values: Json[] = []
  for (const type of allowedTypes(schema)) {
    if (type === 'null') values.push(null)
    else if (type === 'boolean') values.push(true, false)
    else if (type === 'integer') {
      const [low, high] = [lowerLimit(schema), upperLimit(schema)]
      if (!low || !high || high.value - low.value > MOST_INTEGERS || !Number.isSafeInteger(low.value)) return undefined
      for (let value = low.value; value <= high.value; value++) values.push(value)
    } else return undefined
  }
  return values
}

const dates = ['2024-01-31', '2024-01-31T10:00:00Z', '10:00:00', '10:00:00Z', 'a@b.co', 'https://a.b']
const texts = ['', 'a', 'ab', 'abc', 'A', 'A1', '5', '1.5', 'true', ' ', '😀', ...dates]
const anything: readonly Json[] = [null, true, false, 0, 1, -1, 0.5, 1e6, -1e6, ...texts, [], [1], {}, { a: 1 }]
const LONGEST = 10_000

/** Values around what the schemas say: the places where two schemas differ, if they do. */
export function tellingValues(...schemas: readonly (Json | undefined)[]): readonly Json[] {
  const values: Json[] = []
  for (const schema of schemas) {
    if (!isObject(schema)) continue
    const { enum: listed, const: only, items, ...rest } = schema as JsonObject
    if (Array.isArray(listed)) values.push(...(listed as readonly Json[]))
    if (only !== undefined) values.push(only)
    for (const name of ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']) {
      const limit = rest[name]
      if (typeof limit === 'number')
        values.push(...[0, 1, -1, 0.5, -0.5].map((by) => limit + by), Math.floor(limit), Math.ceil(limit), 3 * limit)
    }
    for (const name of ['minLength', 'maxLength']) {
      const limit = rest[name]
      if (typeof limit === 'number' && limit < LONGEST)
        values.push(...[limit - 1, limit, limit + 1].filter((n) => n >= 0).map((n) => 'x'.repeat(n)))
    }
    if (items !== undefined)
      values.push(
        ...tellingValues(items)
          .slice(0, 40)
          .map((value) => [value]),
      )
    if (isObject(rest.properties)) {
      for (const [name, inner] of Object.entries(rest.properties as JsonObject))
        values.push(
          ...tellingValues(inner)
            .slice(0, 40)
            .map((value) => ({ [name]: value })),
        )
    }
  }
  return [...values.filter((value) => typeof value !== 'number' || Number.isFinite(value)), ...anything]
}
