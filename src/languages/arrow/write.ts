import { checkWords } from '../../schema/statedChecks.ts'
import type { DataType, Field, Schema } from 'apache-arrow'
import { AssayError } from '../../errors.ts'
import { type JsonObject, shown } from '../../schema/json.ts'
import type { WrittenSchema } from '../language.ts'
import { typesOf } from '../../schema/reading.ts'
import { lostInJson, type TableSchema } from '../../schema/tableSchema.ts'

type Arrow = typeof import('apache-arrow')

/** The schema as an Arrow `Schema`. Throws AssayError `wrong-use` when the package `apache-arrow` is not there. */
export async function writeArrow(schema: TableSchema): Promise<WrittenSchema> {
  const arrow = await import('apache-arrow').catch((cause: unknown) => {
    throw new AssayError('wrong-use', 'an Arrow Schema is made with the package apache-arrow, which is not installed', {
      hint: 'npm install apache-arrow',
      cause,
    })
  })
  const lost: string[] = []
  const fields = schema.columns.map((column): Field => {
    const { name, required, complete, rules } = column
    const about = `column ${shown(name)}`
    const { type, kept } = typeOf(rules, arrow, (what) => lost.push(`${about}: ${what}`))
    const dropped = Object.keys(rules).filter((keyword) => !kept.includes(keyword))
    if (dropped.length > 0)
      lost.push(`${about}: ${dropped.map((keyword) => `${keyword} ${shown(rules[keyword])}`).join(', ')}`)
    const { mostly, unique, pii, severity, present } = column
    const assay = Object.entries({ mostly, unique, pii, severity }).filter(([, value]) => value !== undefined)
    if (assay.length > 0) lost.push(`${about}: ${assay.map(([word, value]) => `${word} ${shown(value)}`).join(', ')}`)
    if (!required && !present) lost.push(`${about}: that it may be absent`)
    return new arrow.Field(name, type, !required && !complete)
  })
  const { extraColumns, key, uniqueKeys = [], row, title } = schema
  if (extraColumns === 'allow') lost.push('that there may be other columns')
  if (key.length > 0) lost.push(`the key ${key.join(', ')}`)
  for (const unique of uniqueKeys) lost.push(`the unique key ${unique.join(', ')}`)
  if (row) lost.push(...Object.keys(row).map((keyword) => `${keyword} ${shown(row[keyword])} of whole rows`))
  lost.push(...(schema.checks ?? []).map(checkWords))
  if (title !== undefined) lost.push(`the title ${shown(title)}`)
  lost.push(...lostInJson({ ...schema, columns: schema.columns.map(({ physical: _physical, ...column }) => column) }))
  return { schema: new arrow.Schema(fields) as Schema, lost: [...new Set(lost)] }
}

function typeOf(
  rules: JsonObject,
  arrow: Arrow,
  lose: (what: string) => void,
): { type: DataType; kept: readonly string[] } {
  const types = (typesOf(rules) ?? []).filter((type) => type !== 'null')
  const [type, ...others] = types
  if (type === undefined || others.length > 0) {
    lose(type === undefined ? 'that values are of any type' : `that values are ${types.join(' or ')}`)
    return { type: new arrow.Utf8(), kept: ['type'] }
  }
  if (type === 'integer') return integerOf(rules, arrow)
  if (type === 'number') return { type: new arrow.Float64(), kept: ['type'] }
  if (type === 'boolean') return { type: new arrow.Bool(), kept: ['type'] }
  if (type === 'array') {
    const item = typeof rules.items === 'object' ? (rules.items as JsonObject) : {}
    const inside = typeOf(item, arrow, (what) => lose(`items: ${what}`))
    loseRest(item, inside.kept, (what) => lose(`items: ${what}`))
    return { type: new arrow.List(new arrow.Field('item', inside.type, allowsNull(item))), kept: ['type', 'items'] }
  }
  if (type === 'object') {
    const required = (rules.required ?? []) as readonly string[]
    const fields = Object.entries((rules.properties ?? {}) as Record<string, JsonObject>).map(([name, property]) => {
      const inside = typeOf(property, arrow, (what) => lose(`${name}: ${what}`))
      loseRest(property, inside.kept, (what) => lose(`${name}: ${what}`))
      return new arrow.Field(name, inside.type, allowsNull(property) || !required.includes(name))
    })
    return { type: new arrow.Struct(fields), kept: ['type', 'properties', 'required'] }
  }
  if (rules.format === 'date') return { type: new arrow.DateDay(), kept: ['type', 'format'] }
  if (rules.format === 'date-time') return { type: new arrow.TimestampMicrosecond('UTC'), kept: ['type', 'format'] }
  if (rules.format === 'iso-time') return { type: new arrow.TimeMicrosecond(), kept: ['type', 'format'] }
  return { type: new arrow.Utf8(), kept: ['type'] }
}

const allowsNull = (rules: JsonObject): boolean => typesOf(rules)?.includes('null') ?? true

function loseRest(rules: JsonObject, kept: readonly string[], lose: (what: string) => void): void {
  for (const keyword of Object.keys(rules)) if (!kept.includes(keyword)) lose(`${keyword} ${shown(rules[keyword])}`)
}

/** The integer type whose limits are just those of the rules; a 64-bit one where they are others. */
function integerOf({ minimum, maximum }: JsonObject, arrow: Arrow): { type: DataType; kept: readonly string[] } {
  for (const bits of [8, 16, 32] as const) {
    if (minimum === -(2 ** (bits - 1)) && maximum === 2 ** (bits - 1) - 1)
      return { type: new arrow[`Int${bits}`](), kept: ['type', 'minimum', 'maximum'] }
    if (minimum === 0 && maximum === 2 ** bits - 1)
      return { type: new arrow[`Uint${bits}`](), kept: ['type', 'minimum', 'maximum'] }
  }
  if (minimum === 0 && maximum === undefined) return { type: new arrow.Uint64(), kept: ['type', 'minimum'] }
  return { type: new arrow.Int64(), kept: ['type'] }
}
