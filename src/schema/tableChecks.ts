import { isHeldAsText } from '../cells/cell.ts'
import type { Check } from '../checks/check.ts'
import { isRemark } from '../checks/evidence.ts'
import { columnOrder } from '../checks/kinds/columnOrder.ts'
import { hasColumn } from '../checks/kinds/hasColumn.ts'
import { onlyColumns } from '../checks/kinds/onlyColumns.ts'
import { someColumn } from '../checks/kinds/someColumn.ts'
import { textRuleCheck } from '../checks/forms/textwise.ts'
import { uniqueKey } from '../checks/kinds/uniqueKey.ts'
import type { Dataset } from '../dataset/dataset.ts'
import type { Relation } from '../engine/engine.ts'
import { cellRules } from './cellRules.ts'
import { columnPlan, type SeenColumns } from './columnPlan.ts'
import { compile } from './drafts.ts'
import { isObject, type JsonObject, objectOf, own } from './json.ts'
import { judgedNames, judgesSome, namesOf } from './judgedNames.ts'
import { isJudging } from './keywords.ts'
import { referenceCheck } from './referenceCheck.ts'
import { statedChecks } from './statedChecks.ts'
import { brief, keywordRules } from './keywordRules.ts'
import type { SchemaPart, Tolerance } from './parts.ts'
import { typesOf } from './reading.ts'
import type { Row } from './rows/readings.ts'
import { RowPass } from './rows/rowPass.ts'
import type { SchemaRowRule } from './rows/rowRule.ts'
import { refusing, type RowValidator } from './rowValidator.ts'
import { likelySlip, nothingAsked, unjudgedCheck, untaggedColumn } from './tableShape.ts'
import { byPlace, type TableSchema } from './tableSchema.ts'
import { misnamed, viewOf } from './view.ts'
import { recordsOf, relationOf } from '../dataset/opened.ts'
import { withOwnMembers } from '../options.ts'

export interface SchemaCheckOptions extends Tolerance {
  readonly allowEmpty: boolean
  /** Columns that the schema does not know hold to it. */
  readonly allowExtra?: boolean | undefined
}

/**
 * The checks a schema asks of a dataset: one per column and constraint, then extra columns, key and whole rows.
 * An optional column that is not there asks nothing; a required one that is not there fails, and asks nothing more.
 */
export async function tableChecks(
  dataset: Dataset,
  declared: TableSchema,
  options: SchemaCheckOptions,
): Promise<readonly Check[]> {
  const [relation, records] = await Promise.all([relationOf(dataset), recordsOf(dataset)])
  const places = relation.columns.map(({ name }) => name)
  const open = options.allowExtra ? withoutLimit(declared) : declared
  const schema = relation.unnamed && open.byPlace ? byPlace(open, places) : open
  const view = viewOf(dataset, { relation, records }, schema)
  const seen = await relationOf(view)
  const nulls = schema.nullIsMissing ? new Set<string>() : columnsWithNulls(seen, records)
  const columns = schema.columns.map(withOwnMembers)
  const names = columns.map(({ name }) => name)
  const { extraColumns, key, row, uniqueKeys = [], references = [], validator, unjudged = [] } = schema
  const { severity } = options
  const checks: Check[] = unjudged.map((part) => unjudgedCheck(view, part))
  const declaredNames = columns.flatMap(({ name, undeclared }) => (undeclared ? [] : [name]))
  if (extraColumns === 'fail') checks.push(onlyColumns(view, declaredNames, { severity }))
  if (schema.ordered && seen.columns.some(isHeldAsText)) checks.push(columnOrder(view, names, { severity }))
  if (schema.some) checks.push(someColumn(view, names, { severity }))
  for (const { name, pii } of columns) {
    const likely = pii ? misnamed(name, relation, schema) : undefined
    if (likely !== undefined) checks.push(untaggedColumn(view, name, likely))
  }
  const rows = new RowPass(view)
  const data: SeenColumns = { view, relation: seen, nulls }
  const parts = await Promise.all(
    columns.map((column) => {
      const { mostly = options.mostly, severity = options.severity } = column
      return columnPlan(column, data, schema, { mostly, severity })
    }),
  )
  checks.push(...(await checksOf(parts.flat(), schema, data, rows)))
  if (key.length > 0) checks.push(uniqueKey(view, key, { nulls: 'fail', severity }))
  for (const unique of uniqueKeys) checks.push(uniqueKey(view, unique, { severity }))
  for (const reference of references) checks.push(referenceCheck(view, reference, { severity }))
  const judged = row && judgedNames(row, { ...schema.shared, ...(schema.whole ?? row) })
  if (row && judged && judgesSome(judged, seen)) checks.push(rows.check(await wholeRowRule(row, seen, schema, options)))
  if (validator) checks.push(validatorCheck(validator, rows, seen, options))
  const stated = statedChecks(view, schema, options)
  const judgesNothing = (): boolean => stated.length === 0 && checks.every(isRemark)
  const presence = columns.filter(({ name, present }) => present && seen.columns.some((one) => one.name === name))
  if (judgesNothing())
    checks.push(...presence.map(({ name, severity: own = severity }) => hasColumn(view, name, { severity: own })))
  if (judgesNothing())
    checks.push(nothingAsked(view, seen, [...new Set([...names, ...(judged ? namesOf(judged) : [])])]))
  else checks.push(...columns.flatMap((column) => likelySlip(view, seen, column, names)))
  // Missing values of an optional column hold to a schema; a table without rows shows nothing.
  const allowEmpty = options.allowEmpty || 'missing'
  const withAllowEmpty = checks.map((check): Check => {
    const { limits, ...question } = check.question
    return { ...check, allowEmpty, question: { ...question, limits: { ...limits, allowEmpty } } }
  })
  return [...withAllowEmpty, ...stated]
}

/** The schema, where columns that it does not know are fine. */
function withoutLimit({ row, whole, ...schema }: TableSchema): TableSchema {
  const keywords = ['additionalProperties', 'unevaluatedProperties']
  const open = (of: JsonObject): JsonObject =>
    objectOf(Object.entries(of).filter(([name, value]) => !(keywords.includes(name) && value === false)))
  const [openRow, openWhole] = [row && open(row), whole && open(whole)]
  // That a row is an object judges nothing.
  const judges = openRow && Object.keys(openRow).some((name) => name !== 'type' && isJudging(name))
  return {
    ...schema,
    extraColumns: 'allow',
    ...(judges ? { row: openRow } : {}),
    ...(openWhole ? { whole: row === whole && openRow ? openRow : openWhole } : {}),
  }
}

/** The checks of parts, in their order; what the validator judges is judged together. */
async function checksOf(
  parts: readonly SchemaPart[],
  table: TableSchema,
  { view }: SeenColumns,
  rows: RowPass,
): Promise<readonly Check[]> {
  const left = parts.flatMap((part) => (part.by === 'validator' ? [part.keywords] : []))
  const rules = [...(await keywordRules(table, left))]
  return parts.map((part) => {
    switch (part.by) {
      case 'engine':
        return part.check
      case 'texts':
        return textRuleCheck(view.column(part.column), part.rule, part.options)
      case 'rows':
        return rows.check(part.rule)
      default:
        return rows.check(rules.shift() as SchemaRowRule)
    }
  })
}

async function wholeRowRule(
  row: JsonObject,
  { columns }: Relation,
  schema: TableSchema,
  options: Tolerance,
): Promise<SchemaRowRule> {
  const { draft, shared, columns: known, documents } = schema
  const properties = objectOf(known.map(({ name }) => [name, true]))
  const judging = row === schema.whole ? row : { properties, ...shared, ...row }
  const validate = await compile(judging, draft, documents)
  const words = Object.keys(row).filter(
    (name) => !['$schema', '$id', 'title', 'description'].includes(name) && !name.startsWith('x-'),
  )
  return {
    kind: 'rowSchema',
    ofRows: true,
    title: `rows that hold to ${words.join(', ')}`,
    expected: words.map((word) => `${word} ${brief(row[word])}`).join(', '),
    discreet: { expected: words.join(', ') },
    columns: columns.map(({ name }) => ({ name, rules: rulesOf(name, schema, row) })),
    judging: { values: 'json', nullIsMissing: false, judge: validate },
    subject: [],
    statement: { keywords: words },
    limits: { draft, row, shared, properties, documents },
    ...options,
  }
}

function validatorCheck(
  validator: RowValidator,
  rows: RowPass,
  { columns }: Relation,
  options: SchemaCheckOptions,
): Check {
  const { mostly, severity, allowEmpty } = options
  const check = rows.check({
    kind: 'rowSchema',
    ofRows: true,
    title: `rows that hold to the ${validator.vendor} schema`,
    expected: `what the ${validator.vendor} schema says`,
    columns: columns.map(({ name }) => ({ name, rules: {} })),
    judging: { values: 'js', judge: (row) => validator.judge(row) },
    subject: [],
    statement: { vendor: validator.vendor },
    limits: { schema: validator.definition },
    mostly,
    severity,
  })
  const names = columns.map(({ name }) => name)
  const what = `the ${validator.vendor} schema accepts rows of anything in these columns`
  return allowEmpty ? check : refusing(check, validator, { names, what })
}

/** What the schema says about a column's values, for how its cells read. */
function rulesOf(name: string, table: TableSchema, row: JsonObject): JsonObject {
  const whole = isObject(row.properties) ? own(row.properties as JsonObject, name) : undefined
  return isObject(whole) && typesOf(whole as JsonObject) ? (whole as JsonObject) : cellRules(table, name)
}

const nullsOf = new WeakMap<Relation, ReadonlySet<string>>()

/** The columns in which some record holds an explicit null. */
function columnsWithNulls(relation: Relation, records: readonly Row[] | undefined): ReadonlySet<string> {
  const known = nullsOf.get(relation)
  if (known) return known
  const nulls = new Set(relation.columns.filter(({ explicitNulls }) => explicitNulls).map(({ name }) => name))
  for (const record of records ?? []) for (const name of Object.keys(record)) if (record[name] === null) nulls.add(name)
  nullsOf.set(relation, nulls)
  return nulls
}
