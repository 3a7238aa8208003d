import { checkWords } from '../../schema/statedChecks.ts'
import { type Json, type JsonObject, objectOf, shown, textOf } from '../../schema/json.ts'
import type { WrittenSchema } from '../language.ts'
import { typesOf } from '../../schema/reading.ts'
import { type ColumnSchema, lostOfColumn, type TableSchema } from '../../schema/tableSchema.ts'

const names: Readonly<Record<string, string>> = {
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  array: 'array',
  object: 'object',
}
const formats: Readonly<Record<string, JsonObject>> = {
  date: { type: 'date' },
  'date-time': { type: 'datetime' },
  'iso-time': { type: 'time' },
  duration: { type: 'duration' },
  email: { type: 'string', format: 'email' },
  uri: { type: 'string', format: 'uri' },
  uuid: { type: 'string', format: 'uuid' },
  byte: { type: 'string', format: 'binary' },
}
/** Keywords of JSON Schema as constraints, for the types they are said of. */
const constraintOf: Readonly<Record<string, readonly [constraint: string, types: readonly string[]]>> = {
  minimum: ['minimum', ['integer', 'number']],
  maximum: ['maximum', ['integer', 'number']],
  exclusiveMinimum: ['exclusiveMinimum', ['integer', 'number']],
  exclusiveMaximum: ['exclusiveMaximum', ['integer', 'number']],
  minLength: ['minLength', ['string']],
  maxLength: ['maxLength', ['string']],
  minItems: ['minLength', ['array']],
  maxItems: ['maxLength', ['array']],
  minProperties: ['minLength', ['object']],
  maxProperties: ['maxLength', ['object']],
  pattern: ['pattern', ['string']],
}

/** The schema as a Table Schema, version 2. */
export function writeFrictionless(schema: TableSchema): WrittenSchema {
  const lost: string[] = []
  const { title, columns, extraColumns, ordered, some, key, uniqueKeys = [], references = [], row, validator } = schema
  const fields = columns.map((column) => fieldOf(column, (what) => lost.push(what)))
  const inner = references.filter(({ file }) => file === undefined)
  for (const { columns: from, to } of references.filter(({ file }) => file !== undefined))
    lost.push(`the reference of ${from.join(', ')} to ${to}: it belongs into a data package`)
  const there = columns.filter(({ required, present }) => required || present)
  const all = there.length === columns.length
  const match = all
    ? extraColumns === 'fail'
      ? ordered
        ? 'exact'
        : 'equal'
      : 'subset'
    : extraColumns === 'fail'
      ? 'superset'
      : 'partial'
  if (!all) lost.push(...there.map(({ name }) => `column ${shown(name)}: that it must be there`))
  if (match === 'partial' && !some) lost.push('that all of the columns may be absent')
  if (row) lost.push(...Object.keys(row).map((keyword) => `${keyword} ${shown(row[keyword])} of whole rows`))
  lost.push(...(schema.checks ?? []).map(checkWords))
  if (validator) lost.push(`what ${validator.vendor} judges in code`)
  lost.push(...(schema.unjudged ?? []).map(({ what }) => what))
  return {
    schema: {
      $schema: 'https://datapackage.org/profiles/2.0/tableschema.json',
      ...(title === undefined ? {} : { title }),
      fields,
      fieldsMatch: match,
      ...(key.length > 0 ? { primaryKey: key } : {}),
      ...(uniqueKeys.length > 0 ? { uniqueKeys } : {}),
      ...(inner.length > 0
        ? { foreignKeys: inner.map((one) => ({ fields: one.columns, reference: { fields: one.key } })) }
        : {}),
    },
    lost,
  }
}

function fieldOf(column: ColumnSchema, lose: (what: string) => void): JsonObject {
  const { name, rules, missing, usualMissing, unique, required, complete } = column
  if (column.field)
    return usualMissing ? column.field : { ...column.field, missingValues: missing as readonly string[] }
  const about = `column ${shown(name)}`
  const written: string[] = ['title', 'description', 'type']
  const types = (typesOf(rules) ?? []).filter((type) => type !== 'null')
  const [type] = types
  if (types.length > 1) lose(`${about}: that values are ${types.join(' or ')}`)
  const format = type === 'string' && typeof rules.format === 'string' ? formats[rules.format] : undefined
  if (format) written.push('format')
  const kind: JsonObject =
    type === undefined || types.length > 1 ? { type: 'any' } : (format ?? { type: names[type] ?? 'string' })
  const constraints: Record<string, Json> = {}
  for (const [keyword, [constraint, kinds]] of Object.entries(constraintOf)) {
    const value = rules[keyword]
    if (value === undefined || !kinds.includes(textOf(kind.type))) continue
    const said = keyword === 'pattern' ? xsdOf(textOf(value)) : value
    if (said === undefined) continue
    constraints[constraint] = said
    written.push(keyword)
  }
  const listed = (rules.enum ?? (rules.const === undefined ? undefined : [rules.const])) as readonly Json[] | undefined
  const values = listed?.filter((value) => value !== null)
  if (
    values &&
    values.length > 0 &&
    typeof kind.type === 'string' &&
    !['date', 'datetime', 'time'].includes(kind.type)
  ) {
    constraints.enum = values
    written.push('enum', 'const')
  }
  if (['array', 'object'].includes(textOf(kind.type))) {
    const inner = Object.entries(rules).filter(([keyword]) => !written.includes(keyword))
    if (inner.length > 0 && !inner.some(([, value]) => JSON.stringify(value).includes('"$ref"'))) {
      constraints.jsonSchema = objectOf(inner)
      written.push(...inner.map(([keyword]) => keyword))
    }
  }
  if (required || complete) constraints.required = true
  if (unique) constraints.unique = true
  const rest = Object.keys(rules).filter((keyword) => !written.includes(keyword))
  if (rest.length > 0) lose(`${about}: ${rest.map((keyword) => `${keyword} ${shown(rules[keyword])}`).join(', ')}`)
  const { mostly, pii, severity } = column
  for (const [word, value] of Object.entries({ mostly, pii, severity }))
    if (value !== undefined) lose(`${about}: ${word} ${shown(value)}`)
  // Missing texts and presence have words here; what remains has none.
  const { missing: _, complete: __, ...remaining } = column
  for (const what of lostOfColumn(remaining)) lose(what)
  return {
    name,
    ...kind,
    ...(typeof rules.title === 'string' ? { title: rules.title } : {}),
    ...(typeof rules.description === 'string' ? { description: rules.description } : {}),
    ...(missing === undefined || usualMissing ? {} : { missingValues: missing }),
    ...(Object.keys(constraints).length > 0 ? { constraints } : {}),
  }
}

/** A JavaScript expression as one of XML Schema: only where both read it alike. */
function xsdOf(pattern: string): string | undefined {
  const whole = /^\^(?:\(\?:([\s\S]*)\)|([\s\S]*))\$$/.exec(pattern)
  const inside = whole?.[1] ?? whole?.[2]
  if (inside === undefined) return undefined
  // Escapes that the two read differently are left out: spelled classes and literals remain.
  return /^(?:[\w \-:@#%&=~`'"<>,;!]|\\[.\\|?*+(){}[\]-]|\[[\w -]+\]|[+*?()]|\{\d+(?:,\d*)?\})*$/.test(inside) &&
    !/\(\?/.test(inside)
    ? inside
    : undefined
}
