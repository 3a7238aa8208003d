import { hash } from '../results/resultId.ts'
import { compile, type Validate } from './drafts.ts'
import type { Finding } from './findings.ts'
import { type JsonObject, objectOf, pointer } from './json.ts'
import type { LeftKeywords } from './parts.ts'
import type { Row } from './rows/readings.ts'
import type { RuleJudging, SchemaRowRule, SharedJudge } from './rows/rowRule.ts'
import type { JudgedRow } from './rows/tally.ts'
import type { TableSchema } from './tableSchema.ts'

/** Keywords of columns, judged by one validator of all of them: the schema as it was written where that says no more. */
export async function keywordRules(
  table: TableSchema,
  columns: readonly LeftKeywords[],
): Promise<readonly SchemaRowRule[]> {
  if (columns.length === 0) return []
  // ajv leaves a property of that name alone.
  const together = columns.filter(({ name }) => name !== '__proto__')
  const shared = await sharedJudge(table, together)
  return Promise.all(columns.map((column) => ruleOf(column, table, shared)))
}

interface Shared extends SharedJudge {
  readonly asWritten: boolean
}

async function sharedJudge(table: TableSchema, columns: readonly LeftKeywords[]): Promise<Shared> {
  const { draft, shared, nullIsMissing = false, whole, documents } = table
  const asWritten = whole !== undefined && columns.every(({ name, rules }) => isWritten(table, name, rules))
  const properties = (): JsonObject => objectOf(columns.map((column) => [column.name, wantedOf(column)]))
  const validate = await (asWritten
    ? compile(whole, draft, documents)
    : compile({ ...shared, properties: properties() }, draft))
  return { title: 'values that hold to the schema', validate, nullIsMissing, asWritten }
}

async function ruleOf(column: LeftKeywords, table: TableSchema, by: Shared): Promise<SchemaRowRule> {
  const { name, keywords, rules, cells, options } = column
  const { draft, shared, nullIsMissing = false } = table
  const wanted = wantedOf(column)
  const alone = (): Promise<Validate> => compile({ ...shared, ...wanted }, draft)
  const others = by.asWritten ? Object.keys(rules).filter((keyword) => !Object.hasOwn(wanted, keyword)) : []
  const judging: RuleJudging =
    name === '__proto__'
      ? { values: 'json', nullIsMissing, judge: ofColumn(name, await alone()) }
      : { values: 'together', by, column: name, owns: ownsAllBut(name, others), alone }
  return {
    kind: 'schemaKeyword',
    title: `values that hold to ${keywords.join(', ')}`,
    expected: keywords.map((keyword) => `${keyword} ${brief(rules[keyword])}`).join(', '),
    discreet: { expected: keywords.join(', ') },
    columns: [{ name, rules: cells }],
    judging,
    subject: [name],
    statement: { keywords },
    limits: { draft, rules: wanted, shared: contentOf(shared), nullIsMissing },
    ...options,
  }
}

const ofColumn =
  (name: string, validate: Validate) =>
  (row: Row): JudgedRow =>
    Object.hasOwn(row, name) ? validate(row[name]) : 'absent'

/** Whether the rules are the column's in the schema, and not what was made of them. */
function isWritten({ columns }: TableSchema, name: string, rules: JsonObject): boolean {
  return columns.some((column) => column.name === name && column.rules === rules)
}

function wantedOf({ keywords, rules }: LeftKeywords): JsonObject {
  return objectOf(
    Object.entries(rules).filter(([keyword]) => keywords.includes(keyword) || modifies(keyword, keywords)),
  )
}

/** Keywords that change what another means, and may not stand alone. */
function modifies(keyword: string, keywords: readonly string[]): boolean {
  return keyword === 'type' && keywords.includes('nullable')
}

/** Findings of a column's value but those of its own keywords that somebody else judges. */
function ownsAllBut(name: string, keywords: readonly string[]): (finding: Finding) => boolean {
  if (keywords.length === 0) return () => true
  const at = pointer('', name)
  const column = `#/properties/${encodeURIComponent(at.slice(1))}`
  const others = new Set(keywords.map((keyword) => `${column}/${keyword}`))
  return ({ path, place }) => path !== at || place === undefined || !others.has(place)
}

const contents = new WeakMap<JsonObject, string>()

/** Definitions by their content, which may be long. */
function contentOf(shared: JsonObject): string {
  const known = contents.get(shared) ?? hash(shared)
  contents.set(shared, known)
  return known
}

/** What a keyword asks, cut. */
export function brief(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
