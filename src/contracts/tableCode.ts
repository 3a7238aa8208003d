import { visible } from '../words/text/visible.ts'
import type { Contract } from './contractModel.ts'
import { isObject, type Json, type JsonObject, jsonCopy, members } from '../schema/json.ts'
import { typesOf } from '../schema/reading.ts'

const starts: Readonly<Record<string, string>> = {
  integer: 'integer()',
  number: 'number()',
  string: 'string()',
  boolean: 'boolean()',
}
const times: Readonly<Record<string, string>> = { date: 'date()', 'date-time': 'timestamp()' }

/**
 * A contract as TypeScript that makes it with `table({ … })`. A column that the builder has no word for (several types,
 * lists, objects, keywords of its own) is left out, with a comment that says so.
 */
export function tableCode(contract: Contract, name: string): string {
  const root = jsonCopy(contract) as JsonObject
  const required = (root.required ?? []) as readonly string[]
  const used = new Set<string>(['table'])
  const lines = Object.entries(members(root, 'properties')).map(([column, property]) => {
    const code = columnCode(property, required.includes(column))
    const label = /^[A-Za-z_$][\w$]*$/.test(column) ? column : quoted(column)
    if (code === undefined) return `  // ${quoted(column)}: table() has no word for ${comment(property)}`
    used.add(code.slice(0, code.indexOf('(')))
    return `  ${label}: ${code},`
  })
  const { key, checks } = members(root, 'x-assay')
  const named = key === undefined ? '' : `.key(${([key].flat() as Json[]).map(quoted).join(', ')})`
  const stated = Array.isArray(checks) ? `.checks(${checks.map(quoted).join(', ')})` : ''
  const left = lines.some((line) => line.startsWith('  //'))
  const closed = root.additionalProperties === false && !left ? ".extraColumns('fail')" : ''
  const variable = variableName(name)
  const code = [
    `import { ${[...used].sort().join(', ')} } from 'assay'`,
    '',
    `export const ${variable} = table({`,
    ...lines,
    `})${named}${closed}${stated}`,
    '',
  ].join('\n')
  // What does not show, ends a line of a comment or steers a terminal is written out, in texts and patterns alike.
  return code
    .split('\n')
    .map((line) => visible(line))
    .join('\n')
}

/** A literal. */
function quoted(value: Json): string {
  const text = JSON.stringify(value)
  return typeof value === 'string' && !/['"\\]/.test(value) && text === `"${value}"` ? `'${value}'` : text
}

const comment = (value: Json): string => quoted(value).slice(0, 200)

function variableName(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '')
  const joined = words.map((word, i) => (i === 0 ? word : `${word[0]?.toUpperCase()}${word.slice(1)}`)).join('')
  return /^[A-Za-z]/.test(joined) ? `${joined}Schema` : `table${joined}Schema`
}

function columnCode(property: Json, required: boolean): string | undefined {
  if (!isObject(property)) return undefined
  const { type: _, format, 'x-assay': assay = {}, ...rules } = property as JsonObject
  const types = typesOf(property as JsonObject)?.filter((type) => type !== 'null') ?? []
  const start = typeof format === 'string' ? times[format] : starts[types[0] ?? '']
  if (types.length !== 1 || start === undefined) return undefined
  const {
    minimum,
    maximum,
    exclusiveMinimum,
    exclusiveMaximum,
    minLength,
    maxLength,
    pattern,
    enum: values,
    ...rest
  } = rules
  if (Object.keys(rest).some((keyword) => !['title', 'description', '$comment'].includes(keyword))) return undefined
  const { unique, key, mostly, pii, severity } = assay as JsonObject
  const bounds = given({ min: minimum, max: maximum, gt: exclusiveMinimum, lt: exclusiveMaximum })
  const lengths = given({ min: minLength, max: maxLength })
  const nullable = !required || typesOf(property as JsonObject)?.includes('null')
  const listed = Array.isArray(values) ? (values as readonly Json[]).filter((one) => one !== null) : []
  return [
    start,
    bounds && `.between(${bounds})`,
    lengths && `.length(${lengths})`,
    typeof pattern === 'string' && `.matches(${String(new RegExp(pattern, 'u'))})`,
    listed.length > 0 && `.oneOf(${listed.map(quoted).join(', ')})`,
    (unique || key) && '.unique()',
    mostly !== undefined && `.mostly(${JSON.stringify(mostly)})`,
    pii && '.pii()',
    severity === 'warn' && '.warn()',
    nullable && '.nullable()',
  ]
    .filter(Boolean)
    .join('')
}

function given(limits: Readonly<Record<string, Json | undefined>>): string | undefined {
  const said = Object.entries(limits).filter(([, limit]) => limit !== undefined)
  return said.length > 0
    ? `{ ${said.map(([name, limit]) => `${name}: ${JSON.stringify(limit)}`).join(', ')} }`
    : undefined
}
