import { type Json, type JsonObject, shown, textOf, wrongSchema } from '../../schema/json.ts'
import { typesOf } from '../../schema/reading.ts'
import { keywordsOf } from '../../schema/spellings.ts'
import { type ColumnSchema, lostInJson, type TableSchema } from '../../schema/tableSchema.ts'
import { matchesAll } from '../../sql/portableRegex.ts'
import { visible } from '../../words/text/visible.ts'
import type { WrittenSchema } from '../language.ts'

/** The schema as TypeScript: a `table({…})`. */
export function tableSource(schema: TableSchema): WrittenSchema {
  const { columns, uniqueKeys = [], row, title } = schema
  if (columns.length === 0) throw wrongSchema('#', 'it names no column, and a table has at least one')
  const sources = columns.map((column) => ({ column, ...columnSource(column) }))
  const lost = [
    ...lostInJson(schema),
    ...sources.flatMap(({ column, lost: parts, notes: told }) =>
      [...parts, ...told].map((what) => `column ${shown(column.name)}: ${what}`),
    ),
    ...uniqueKeys.map((unique) => `the unique key ${unique.join(', ')}`),
    ...Object.entries(row ?? {}).map(([keyword, value]) => `${keyword} ${shown(value)} of whole rows`),
    ...(title === undefined ? [] : [`the title ${shown(title)}`]),
  ]
  const lines = sources.map(({ column, code }) => `  ${label(column.name)}: ${code},`)
  return { schema: tableText(schema, 'export default', lines, sources), lost: [...new Set(lost)] }
}

/**
 * The schema as TypeScript under a name. A column that the builder has no word for (several types, lists, objects,
 * keywords of its own) is left out, with a comment that says so.
 */
export function tableCode(schema: TableSchema, name: string): string {
  const sources = schema.columns.map((column) => ({ column, ...columnSource(column) }))
  const able = sources.filter(({ lost }) => lost.length === 0)
  const lines = sources.map(({ column, code, lost }) =>
    lost.length === 0
      ? `  ${label(column.name)}: ${code},`
      : `  // ${quoted(column.name)}: table() has no word for ${quoted(column.rules).slice(0, 200)}`,
  )
  const policy = able.length < sources.length ? 'allow' : schema.extraColumns
  return tableText({ ...schema, extraColumns: policy }, `export const ${variableName(name)} =`, lines, able)
}

function tableText(
  { key, extraColumns, checks = [] }: TableSchema,
  declaration: string,
  lines: readonly string[],
  used: readonly { readonly maker: string }[],
): string {
  const calls = [
    ...(key.length > 0 ? [`.key(${key.map(quoted).join(', ')})`] : []),
    ...(extraColumns === 'fail' ? [".extraColumns('fail')"] : []),
    ...(checks.length > 0 ? [`.checks(${checks.map((one) => quoted(one as JsonObject)).join(', ')})`] : []),
  ]
  const imported = [...new Set(['table', ...used.map(({ maker }) => maker)])].sort().join(', ')
  const code = [
    `import { ${imported} } from 'assay'`,
    '',
    `${declaration} table({`,
    ...lines,
    `})${calls.join('')}`,
    '',
  ]
  // What does not show, ends a line of a comment or steers a terminal is written out, in texts and patterns alike.
  return code
    .join('\n')
    .split('\n')
    .map((line) => visible(line))
    .join('\n')
}

/** A column's name before its colon. */
function label(name: string): string {
  if (name === '__proto__') return `[${quoted(name)}]`
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name)
}

/** A literal. */
function quoted(value: Json): string {
  const text = JSON.stringify(value)
  return typeof value === 'string' && !/['"\\]/.test(value) && text === `"${value}"` ? `'${value}'` : text
}

function variableName(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '')
  const joined = words.map((word, i) => (i === 0 ? word : `${word[0]?.toUpperCase()}${word.slice(1)}`)).join('')
  return /^[A-Za-z]/.test(joined) ? `${joined}Schema` : `table${joined}Schema`
}

interface ColumnSource {
  readonly maker: string
  readonly code: string
  /** What the builder has no word for. */
  readonly lost: readonly string[]
  /** What only tells of the column, and is left out. */
  readonly notes: readonly string[]
}

const times: Readonly<Record<string, string>> = { date: 'date', 'date-time': 'timestamp' }
const makers = ['integer', 'number', 'string', 'boolean']
const annotations = ['title', 'description', '$comment']

function columnSource({ rules, required, present, unique, mostly, pii, severity }: ColumnSchema): ColumnSource {
  const types = typesOf(rules) ?? []
  const [type, ...others] = types.filter((one) => one !== 'null')
  const time = type === 'string' && others.length === 0 ? times[textOf(rules.format)] : undefined
  const plain = others.length === 0 && makers.includes(String(type)) ? String(type) : undefined
  const maker = time ?? plain ?? 'string'
  const covered = new Set(['type', 'nullable', ...(time ? ['format'] : [])])
  const lost =
    (time ?? plain) ? [] : [`that values are ${type === undefined ? 'of any type' : [type, ...others].join(' or ')}`]
  const calls: string[] = []
  const say = (keywords: readonly string[], call: string | undefined): void => {
    for (const keyword of keywords) covered.add(keyword)
    if (call !== undefined) calls.push(call)
  }
  if (maker === 'integer' || maker === 'number') {
    const { minimum: min, maximum: max, exclusiveMinimum: gt, exclusiveMaximum: lt } = rules
    say(keywordsOf.valuesBetween, call('between', { min, max, gt, lt }))
  }
  if (maker === 'string') {
    const { minLength: min, maxLength: max, pattern } = rules
    say(keywordsOf.valueLengthBetween, call('length', { min, max }))
    if (typeof pattern === 'string')
      // What every text is holds without being said.
      say(['pattern'], matchesAll(pattern, 'u') ? undefined : `.matches(${String(new RegExp(pattern, 'u'))})`)
  }
  const values = (rules.enum as readonly Json[] | undefined)?.filter((value) => value !== null) ?? []
  const kind = maker === 'integer' ? 'number' : maker
  if (values.length > 0 && values.every((value) => typeof value === kind))
    say(['enum'], `.oneOf(${values.map(quoted).join(', ')})`)
  if (unique) calls.push('.unique()')
  if (mostly !== undefined) calls.push(`.mostly(${mostly})`)
  if (pii) calls.push('.pii()')
  if (severity === 'warn') calls.push('.warn()')
  const nulls = types.includes('null')
  if (!required && !present) calls.push('.optional()')
  else if (!required || nulls) calls.push('.nullable()')
  if (!required && !present && nulls) lost.push('that its values may be null')
  const rest = Object.keys(rules).filter((keyword) => !covered.has(keyword))
  const words = (names: readonly string[]): readonly string[] =>
    names.length > 0 ? [names.map((keyword) => `${keyword} ${shown(rules[keyword])}`).join(', ')] : []
  return {
    maker,
    code: `${maker}()${calls.join('')}`,
    lost: [...lost, ...words(rest.filter((keyword) => !annotations.includes(keyword)))],
    notes: words(rest.filter((keyword) => annotations.includes(keyword))),
  }
}

/** A call with the limits that are said. */
function call(name: string, limits: Readonly<Record<string, Json | undefined>>): string | undefined {
  const said = Object.entries(limits).filter(([, limit]) => limit !== undefined)
  if (said.length === 0) return undefined
  return `.${name}({ ${said.map(([limit, value]) => `${limit}: ${JSON.stringify(value)}`).join(', ')} })`
}
