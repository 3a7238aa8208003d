import { nearestHint } from '../../errors.ts'
import { compile } from '../../schema/drafts.ts'
import { isObject, type Json, type JsonObject, pointer, shown, wrongSchema, textOf } from '../../schema/json.ts'
import type { ColumnSchema, ValueLimit } from '../../schema/tableSchema.ts'
import type { FieldFormat, FieldType } from './fieldType.ts'
import { fieldTypes } from './fieldTypes.ts'
import { refuseSlips } from './slips.ts'
import { xsdPattern } from './xsdPattern.ts'

const bounds = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'] as const
const known = ['required', 'unique', 'minLength', 'maxLength', ...bounds, 'jsonSchema', 'pattern', 'enum']

/** What a field of a Table Schema says about its column. Throws AssayError `wrong-schema`. */
export async function columnOfField(
  field: JsonObject,
  at: string,
  { missing, present }: { readonly missing: readonly string[]; readonly present: boolean },
): Promise<ColumnSchema> {
  refuseSlips(field, at, known)
  const name = textOf(field.name)
  const typeName = field.type ?? 'any'
  const make = typeof typeName === 'string' && Object.hasOwn(fieldTypes, typeName) ? fieldTypes[typeName] : undefined
  if (!make) {
    const names = Object.keys(fieldTypes)
    const hint = nearestHint(typeName, names, `the types are ${names.join(', ')}`, shown)
    throw wrongSchema(`${at}/type`, `found ${shown(typeName)}, which is no type of a field`, hint)
  }
  const type = make(formatOf(field, at))
  const constraints = constraintsOf(field, at)
  const own = field.missingValues === undefined ? missing : missingTexts(field.missingValues, `${at}/missingValues`)
  const usual = own.length === 1 && own[0] === ''
  const { rules, limits } = await limitsOf(field, constraints, type, textOf(typeName), at)
  return {
    name,
    required: present && constraints.required === true,
    ...(present ? { present: true } : {}),
    ...(constraints.required === true ? { complete: true } : {}),
    field,
    rules: { ...type.rules, ...rules },
    ...(type.form ? { form: type.form } : {}),
    // NaN and infinities are numbers of this language.
    ...(typeName === 'number'
      ? { physical: { words: 'number', types: ['integer', 'number', 'decimal'] } as const }
      : {}),
    ...(limits.length > 0 ? { limits } : {}),
    missing: own,
    ...(usual ? { usualMissing: true } : {}),
    ...(constraints.unique === true ? { unique: true } : {}),
  }
}

/** The texts of `missingValues`: of the list itself, or of its members' `value`. */
export function missingTexts(listed: Json, at: string): readonly string[] {
  const texts = Array.isArray(listed) ? listed.map((one: Json) => (isObject(one) ? one.value : one)) : [undefined]
  if (texts.every((text): text is string => typeof text === 'string')) return texts
  throw wrongSchema(at, `found ${shown(listed)}, but it is a list of texts`)
}

function formatOf(field: JsonObject, at: string): FieldFormat {
  const format = field.format ?? 'default'
  if (typeof format !== 'string') throw wrongSchema(`${at}/format`, `found ${shown(format)}, not a text`)
  const checked = <T extends Json>(name: string, usual: T, fine: (found: Json) => boolean, words: string): T => {
    const found = field[name]
    if (found === undefined) return usual
    if (!fine(found)) throw wrongSchema(pointer(at, name), `found ${shown(found)}, but it is ${words}`)
    return found as T
  }
  return {
    format,
    at,
    text: (name, usual) => checked(name, usual, (found) => typeof found === 'string' && found !== '', 'a text'),
    flag: (name, usual) => checked(name, usual, (found) => typeof found === 'boolean', 'true or false'),
    texts: (name, usual) =>
      checked<readonly string[]>(
        name,
        usual,
        (found) => Array.isArray(found) && found.every((one) => typeof one === 'string'),
        'a list of texts',
      ),
  }
}

function constraintsOf({ constraints = {} }: JsonObject, at: string): JsonObject {
  const here = `${at}/constraints`
  if (!isObject(constraints)) throw wrongSchema(here, `found ${shown(constraints)}, not an object`)
  for (const name of Object.keys(constraints)) {
    if (known.includes(name)) continue
    throw wrongSchema(
      pointer(here, name),
      `there is no constraint ${shown(name)}`,
      nearestHint(name, known, `the constraints are ${known.join(', ')}`, shown),
    )
  }
  for (const name of ['required', 'unique'] as const) {
    const found = (constraints as JsonObject)[name]
    if (found !== undefined && typeof found !== 'boolean')
      throw wrongSchema(pointer(here, name), `found ${shown(found)}, but it is true or false`)
  }
  return constraints as JsonObject
}

/** The constraints as keywords where the value's JSON reading can say them, and as limits where it can't. */
async function limitsOf(
  field: JsonObject,
  constraints: JsonObject,
  type: FieldType,
  typeName: string,
  at: string,
): Promise<{ readonly rules: JsonObject; readonly limits: readonly ValueLimit[] }> {
  const rules: Record<string, Json> = {}
  const limits: ValueLimit[] = []
  const here = `${at}/constraints`
  const unfit = (name: string): never => {
    throw wrongSchema(pointer(here, name), `${name} has no meaning for a field of type ${typeName}`)
  }
  const numbers = typeName === 'integer' || typeName === 'number' || typeName === 'year'
  const bounded = numbers && bounds.some((name) => constraints[name] !== undefined)
  // NaN, infinities and what is too long for a double are numbers here, and within no limit.
  if (bounded) limits.push({ keyword: 'limits', words: 'a finite number', finite: true, holds: Number.isFinite })
  for (const name of bounds) {
    const bound = constraints[name]
    if (bound === undefined) continue
    if (!type.order) unfit(name)
    const limit = readLimit(bound, type, pointer(here, name))
    if (numbers) rules[name] = limit as number
    else limits.push(boundOf(name, limit, type.order as (value: unknown) => number, textOf(bound)))
  }
  for (const [i, name] of (['minLength', 'maxLength'] as const).entries()) {
    const value = constraints[name]
    if (value === undefined) continue
    if (!type.length) unfit(name)
    const length = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
    if (!(typeof length === 'number' && Number.isInteger(length) && length >= 0))
      throw wrongSchema(pointer(here, name), `found ${shown(value)}, but a length is a whole number from 0`)
    rules[type.length?.[i] as string] = length
  }
  const { pattern, jsonSchema } = constraints
  if (pattern !== undefined) {
    if (typeName !== 'string') unfit('pattern')
    if (typeof pattern !== 'string') throw wrongSchema(`${here}/pattern`, `found ${shown(pattern)}, not a text`)
    rules.pattern = xsdPattern(pattern, `${here}/pattern`)
  }
  if (jsonSchema !== undefined) {
    if (!['object', 'array', 'geojson', 'list'].includes(typeName)) unfit('jsonSchema')
    if (!isObject(jsonSchema)) throw wrongSchema(`${here}/jsonSchema`, `found ${shown(jsonSchema)}, not an object`)
    await compile(jsonSchema as JsonObject, '2020-12')
    rules.allOf = [jsonSchema as JsonObject]
  }
  const sets = [
    ...(constraints.enum === undefined ? [] : [setOf(constraints.enum, type, `${here}/enum`)]),
    ...categoriesOf(field, type, typeName, at),
  ]
  for (const set of sets) {
    if (type.order && !numbers) limits.push(memberOf(set, type.order))
    else if (rules.enum === undefined) rules.enum = set
    else rules.enum = set.length < (rules.enum as Json[]).length ? set : (rules.enum as Json[])
  }
  return { rules, limits }
}

function readLimit(given: Json, type: FieldType, at: string): Json {
  const read = type.form ? type.form.read(given) : { value: given }
  if (!read) throw wrongSchema(at, `found ${shown(given)}, which is no value of the field: ${type.form?.words}`)
  return read.value as Json
}

const saying = {
  minimum: 'at least',
  maximum: 'at most',
  exclusiveMinimum: 'above',
  exclusiveMaximum: 'below',
} as const

function boundOf(
  keyword: (typeof bounds)[number],
  limit: Json,
  order: (value: unknown) => number,
  text: string,
): ValueLimit {
  const edge = order(limit)
  const compare: Record<string, (place: number) => boolean> = {
    minimum: (place) => place >= edge,
    maximum: (place) => place <= edge,
    exclusiveMinimum: (place) => place > edge,
    exclusiveMaximum: (place) => place < edge,
  }
  return {
    keyword,
    words: `${saying[keyword]} ${text}`,
    holds: (value) => (compare[keyword] as (place: number) => boolean)(order(value)),
  }
}

function memberOf(set: readonly Json[], order: (value: unknown) => number): ValueLimit {
  const places = new Set(set.map(order))
  return { keyword: 'enum', words: `one of ${set.map(String).join(', ')}`, holds: (value) => places.has(order(value)) }
}

function setOf(listed: Json, type: FieldType, at: string): Json[] {
  if (!Array.isArray(listed) || listed.length === 0)
    throw wrongSchema(at, `found ${shown(listed)}, but it is a list of values`)
  return listed.map((one: Json, i) => readLimit(one, type, pointer(at, i)))
}

function categoriesOf({ categories }: JsonObject, type: FieldType, typeName: string, at: string): Json[][] {
  if (categories === undefined) return []
  if (!['string', 'integer'].includes(typeName))
    throw wrongSchema(`${at}/categories`, `categories have no meaning for a field of type ${typeName}`)
  const listed: Json = Array.isArray(categories)
    ? categories.map((one: Json) => (isObject(one) ? ((one as JsonObject).value ?? null) : one))
    : categories
  return [setOf(listed, type, `${at}/categories`)]
}
