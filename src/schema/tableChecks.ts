import type { Check } from '../checks/check.ts'
import { isRemark } from '../checks/evidence.ts'
import { columnOrder } from '../checks/columnOrder.ts'
import { hasColumn } from '../checks/hasColumn.ts'
import { noMissing } from '../checks/noMissing.ts'
import { onlyColumns } from '../checks/onlyColumns.ts'
import { someColumn } from '../checks/someColumn.ts'
import { uniqueKey } from '../checks/uniqueKey.ts'
import type { Dataset } from '../dataset/dataset.ts'
import type { Relation } from '../engine/engine.ts'
import type { Severity } from '../results/checkResult.ts'
import { cellRules, numbersAsked, withNumbers } from './cellRules.ts'
import { compile, type Draft, judgesFormat } from './drafts.ts'
import { formChecks, limitCheck } from './formChecks.ts'
import { isObject, type JsonObject, objectOf, own } from './json.ts'
import { keyExists } from './keyExists.ts'
import { isNumberLimit, pushDown } from './pushDown.ts'
import { readingOf, typesOf } from './reading.ts'
import { acceptsAnything, type RowValidator } from './rowValidator.ts'
import { rowWise, valueJudge } from './rowWise.ts'
import { emptyCells, likelySlip, nothingAsked, unjudgedCheck, untaggedColumn } from './tableShape.ts'
import { byPlace, type ColumnSchema, type TableSchema, type ValueForm } from './tableSchema.ts'
import { valuesOfPhysicalType } from './valueTypes.ts'
import { misnamed, viewOf } from './view.ts'
import { recordsOf, relationOf } from '../dataset/opened.ts'

interface RuleOptions {
  readonly mostly: number
  readonly severity: Severity
}

export interface TableCheckOptions extends RuleOptions {
  readonly allowEmpty: boolean
}

/**
 * The checks a schema asks of a dataset: one per column and constraint, then extra columns, key and whole rows.
 * An optional column that is not there asks nothing; a required one that is not there fails, and asks nothing more.
 */
export async function tableChecks(
  dataset: Dataset,
  relation: Relation,
  given: TableSchema,
  options: TableCheckOptions,
): Promise<readonly Check[]> {
  const places = relation.columns.map(({ name }) => name)
  const schema = relation.unnamed && given.byPlace ? byPlace(given, places) : given
  const view = await viewOf(dataset, relation, schema)
  const seen = await relationOf(view)
  const nulls = schema.nullIsMissing ? new Set<string>() : await columnsWithNulls(view, seen)
  const { columns, extraColumns, key, row, uniqueKeys = [], references = [], validator, unjudged = [] } = schema
  const { severity } = options
  const checks: Check[] = unjudged.map((part) => unjudgedCheck(view, part))
  if (extraColumns === 'fail')
    checks.push(
      onlyColumns(
        view,
        columns.filter(({ undeclared }) => !undeclared).map(({ name }) => name),
        { severity },
      ),
    )
  if (schema.ordered && seen.textual)
    checks.push(
      columnOrder(
        view,
        columns.map(({ name }) => name),
        { severity },
      ),
    )
  if (schema.some)
    checks.push(
      someColumn(
        view,
        columns.map(({ name }) => name),
        { severity },
      ),
    )
  for (const { name, pii } of columns) {
    const likely = pii ? misnamed(name, relation, schema) : undefined
    if (likely !== undefined) checks.push(untaggedColumn(view, name, likely))
  }
  for (const column of columns) checks.push(...(await columnChecks(column, view, seen, nulls, schema, options)))
  if (key.length > 0) checks.push(uniqueKey(view, key, { nulls: 'fail', severity }))
  for (const unique of uniqueKeys) checks.push(uniqueKey(view, unique, { severity }))
  for (const reference of references) checks.push(keyExists(view, reference, { severity }))
  if (row) checks.push(await rowCheck(row, view, seen, schema, options))
  if (validator) checks.push(validatorCheck(validator, view, seen, options))
  const names = columns.map(({ name }) => name)
  const presence = columns.filter(({ name, present }) => present && seen.columns.some((one) => one.name === name))
  if (checks.every(isRemark))
    checks.push(...presence.map(({ name, severity: own = severity }) => hasColumn(view, name, { severity: own })))
  if (checks.every(isRemark)) checks.push(nothingAsked(view, seen, names))
  else checks.push(...columns.flatMap((column) => likelySlip(view, seen, column, names)))
  // Missing values of an optional column hold to a schema; a table without rows shows nothing.
  const allowEmpty = options.allowEmpty || 'missing'
  return checks.map((check) => {
    const { limits, ...asked } = check.question
    return { ...check, allowEmpty, question: { ...asked, limits: { ...limits, allowEmpty } } }
  })
}

async function columnChecks(
  schema: ColumnSchema,
  view: Dataset,
  { columns, textual = false }: Relation,
  nulls: ReadonlySet<string>,
  table: TableSchema,
  defaults: TableCheckOptions,
): Promise<readonly Check[]> {
  const { draft, shared, nullIsMissing } = table
  const { name, required, complete, form, limits = [], physical } = schema
  const severity = schema.severity ?? defaults.severity
  const mostly = schema.mostly ?? defaults.mostly
  const column = columns.find((candidate) => candidate.name === name)
  if (!column) return required || schema.present ? [hasColumn(view, name, { severity })] : []
  const target = view.column(name)
  // Records tell an explicit null from an absent value, and a schema does too.
  const options = { mostly, severity }
  const hasNulls = nulls.has(name)
  const presence =
    required || complete ? [hasNulls ? presentRows(view, name, severity) : noMissing(target, { severity })] : []
  const alone = table.key.length === 1 && table.key[0] === name
  const unique = schema.unique && !alone ? [uniqueKey(view, name, { severity })] : []
  const empty =
    textual && schema.missing && !schema.missing.includes('') ? [emptyCells(view, name, schema.missing)] : []
  const around = { before: [...empty, ...presence], after: unique }
  const reading = readingOf(column)
  if (form && (textual || reading === 'string' || reading === 'other')) {
    const own = await formChecks(schema as ColumnSchema & { form: ValueForm }, { view, column, table, options })
    return [...around.before, ...own, ...around.after]
  }
  const typed = physical ? [valuesOfPhysicalType(target, physical, textual, options)] : []
  const rules =
    physical && !(reading === 'other' && nested(schema.rules))
      ? without(schema.rules, ['type', 'format'])
      : textual && numbersAsked(schema.rules)
        ? withNumbers(schema.rules)
        : schema.rules
  const cells = textual && !physical && !typesOf(rules) ? cellRules(table, name) : rules
  const finite = limits.some((limit) => limit.finite)
  const context = { target, column, reading, rules, cells, textual, finite, nulls: hasNulls, options }
  const { checks, left } = pushDown(context)
  const about = { draft, shared, nullIsMissing, cells }
  const judging = (await judgesFormat(rules.format, draft)) ? left : left.filter((name) => name !== 'format')
  const rest = judging.length > 0 ? [await keywordCheck(judging, { ...schema, rules }, view, about, options)] : []
  const open = limits.filter(({ finite }) => !finite || left.some(isNumberLimit))
  const more = open.length > 0 ? [limitCheck(open, schema, view, options)] : []
  return [...around.before, ...typed, ...checks, ...rest, ...more, ...around.after]
}

const without = (rules: JsonObject, names: readonly string[]): JsonObject =>
  objectOf(Object.entries(rules).filter(([name]) => !names.includes(name)))
const nested = ({ items, properties }: JsonObject): boolean => items !== undefined || properties !== undefined

/** Keywords of one column, judged by ajv on each value. */
async function keywordCheck(
  keywords: readonly string[],
  { name, rules }: ColumnSchema,
  view: Dataset,
  about: { draft: Draft; shared: JsonObject; nullIsMissing: boolean | undefined; cells: JsonObject },
  options: RuleOptions,
): Promise<Check> {
  const wanted = objectOf(
    Object.entries(rules).filter(([keyword]) => keywords.includes(keyword) || modifies(keyword, keywords)),
  )
  const words = keywords.map((keyword) => `${keyword} ${brief(rules[keyword])}`).join(', ')
  const { draft, shared, nullIsMissing, cells } = about
  const validate = await compile({ ...shared, ...wanted }, draft)
  return rowWise(view, {
    kind: 'schemaKeyword',
    title: `values that hold to ${keywords.join(', ')}`,
    expected: words,
    discreet: { expected: keywords.join(', ') },
    columns: [{ name, rules: cells }],
    nullIsMissing,
    judge: valueJudge(name, validate),
    subject: [name],
    asked: { keywords },
    limits: { draft, rules: wanted, shared, nullIsMissing },
    ...options,
  })
}

/** Keywords that change what another means, and may not stand alone. */
function modifies(keyword: string, keywords: readonly string[]): boolean {
  return keyword === 'type' && keywords.includes('nullable')
}

function brief(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

/** Every record has the property, be it null. */
function presentRows(view: Dataset, name: string, severity: Severity): Check {
  return rowWise(view, {
    kind: 'noMissing',
    title: 'no missing values',
    expected: 'a value or an explicit null in every row',
    columns: [{ name, rules: {} }],
    judge: (row) =>
      Object.hasOwn(row, name) ? undefined : [{ keyword: 'required', message: 'the property is absent', path: '' }],
    subject: [name],
    asked: { orNull: true },
    limits: {},
    mostly: 1,
    severity,
  })
}

async function rowCheck(
  row: JsonObject,
  view: Dataset,
  { columns }: Relation,
  schema: TableSchema,
  options: TableCheckOptions,
): Promise<Check> {
  const { draft, shared, columns: known, documents } = schema
  const properties = objectOf(known.map(({ name }) => [name, true]))
  const validate = await compile({ properties, ...shared, ...row }, draft, documents)
  const words = Object.keys(row).filter(
    (name) => !['$schema', '$id', 'title', 'description'].includes(name) && !name.startsWith('x-'),
  )
  return rowWise(view, {
    kind: 'rowSchema',
    title: `rows that hold to ${words.join(', ')}`,
    expected: words.map((word) => `${word} ${brief(row[word])}`).join(', '),
    discreet: { expected: words.join(', ') },
    columns: columns.map(({ name }) => ({ name, rules: rulesOf(name, schema, row) })),
    judge: validate,
    subject: [],
    asked: { keywords: words },
    limits: { draft, row, shared, properties, documents },
    ...options,
  })
}

function validatorCheck(
  validator: RowValidator,
  view: Dataset,
  { columns }: Relation,
  options: TableCheckOptions,
): Check {
  const check = rowWise(view, {
    kind: 'rowSchema',
    title: `rows that hold to the ${validator.vendor} schema`,
    expected: `what the ${validator.vendor} schema says`,
    columns: columns.map(({ name }) => ({ name, rules: {} })),
    values: 'js',
    judge: (row) => validator.judge(row),
    subject: [],
    asked: { vendor: validator.vendor },
    limits: { schema: validator.definition },
    ...options,
  })
  if (options.allowEmpty) return check
  const names = columns.map(({ name }) => name)
  return {
    ...check,
    async run(context) {
      const judgement = await check.run(context)
      if (judgement.status !== 'pass' || !(await acceptsAnything(validator, names))) return judgement
      const message = `the ${validator.vendor} schema accepts rows of anything in these columns, so nothing was shown; pass allowEmpty: true if that is fine`
      return { ...judgement, status: 'vacuous', measured: 'nothing was judged', message }
    },
  }
}

/** What the schema says about a column's values, for how its cells read. */
function rulesOf(name: string, table: TableSchema, row: JsonObject): JsonObject {
  const whole = isObject(row.properties) ? own(row.properties as JsonObject, name) : undefined
  return isObject(whole) && typesOf(whole as JsonObject) ? (whole as JsonObject) : cellRules(table, name)
}

const nullsOf = new WeakMap<Relation, ReadonlySet<string>>()

/** The columns in which some record holds an explicit null. */
async function columnsWithNulls(dataset: Dataset, relation: Relation): Promise<ReadonlySet<string>> {
  const known = nullsOf.get(relation)
  if (known) return known
  const records = await recordsOf(dataset)
  const found = new Set(relation.columns.filter(({ explicitNulls }) => explicitNulls).map(({ name }) => name))
  for (const record of records ?? []) for (const name of Object.keys(record)) if (record[name] === null) found.add(name)
  nullsOf.set(relation, found)
  return found
}
