import { isHeldAsText } from '../cells/cell.ts'
import type { Check } from '../checks/check.ts'
import { hasColumn } from '../checks/kinds/hasColumn.ts'
import { noMissing } from '../checks/kinds/noMissing.ts'
import { uniqueKey } from '../checks/kinds/uniqueKey.ts'
import type { Dataset } from '../dataset/dataset.ts'
import type { Column, Relation } from '../engine/engine.ts'
import type { Severity } from '../results/checkResult.ts'
import { cellRules, numbersAsked, withNumbers } from './cellRules.ts'
import { judgesFormat } from './drafts.ts'
import { formRules } from './formRules.ts'
import { idleKeywords } from './idleKeywords.ts'
import { type JsonObject, objectOf } from './json.ts'
import { limitRule } from './limitRule.ts'
import type { SchemaPart, Tolerance } from './parts.ts'
import { isNumberLimit, pushDown } from './pushDown.ts'
import { readingOf, typesOf } from './reading.ts'
import type { SchemaRowRule } from './rows/rowRule.ts'
import type { ColumnSchema, TableSchema, ValueForm } from './tableSchema.ts'
import { emptyCells } from './tableShape.ts'
import { valuesOfPhysicalType } from './valueTypes.ts'

/** The data that a schema is held to. */
export interface SeenColumns {
  readonly view: Dataset
  readonly relation: Relation
  /** The columns in which some record holds an explicit null. */
  readonly nulls: ReadonlySet<string>
}

/**
 * The one plan of who judges what a schema says of a column: what the engine decides exactly goes to it, forms of texts
 * to each different text, and the rest to the validator.
 */
export async function columnPlan(
  schema: ColumnSchema,
  { view, relation: { columns }, nulls }: SeenColumns,
  table: TableSchema,
  options: Tolerance,
): Promise<readonly SchemaPart[]> {
  const { name, form, limits = [], physical } = schema
  const { severity } = options
  const column = columns.find((candidate) => candidate.name === name)
  if (!column) return schema.required || schema.present ? [engine(hasColumn(view, name, { severity }))] : []
  const target = view.column(name)
  const heldAsText = isHeldAsText(column)
  const hasNulls = nulls.has(name)
  const [before, after] = around(schema, table, { view, column, hasNulls, severity })
  const reading = readingOf(column)
  if (form && (heldAsText || reading === 'string' || reading === 'other')) {
    const own = await formRules(schema as ColumnSchema & { form: ValueForm }, { column, table, options })
    return [...before, ...own, ...after]
  }
  const rules = rulesFor(schema, reading, heldAsText)
  const idle = physical || limits.length > 0 ? undefined : idleKeywords(target, column, rules, options)
  if (idle) return [...before, engine(idle), ...after]
  const cells = heldAsText && !physical && !typesOf(rules) ? cellRules(table, name) : rules
  const finite = limits.some((limit) => limit.finite)
  const { checks, left } = pushDown({
    target,
    column,
    reading,
    rules,
    cells,
    finite,
    nulls: hasNulls,
    options,
  })
  const judged = (await judgesFormat(rules.format, table.draft)) ? left : left.filter((keyword) => keyword !== 'format')
  const open = limits.filter((limit) => !limit.finite || left.some(isNumberLimit))
  return [
    ...before,
    ...(physical ? [engine(valuesOfPhysicalType(target, physical, heldAsText, options))] : []),
    ...checks.map(engine),
    ...(judged.length > 0
      ? [{ by: 'validator' as const, keywords: { name, keywords: judged, rules, cells, options } }]
      : []),
    ...(open.length > 0 ? [{ by: 'rows' as const, rule: limitRule(open, schema, options) }] : []),
    ...after,
  ]
}

const engine = (check: Check): SchemaPart => ({ by: 'engine', check })

/** What is asked of a column beside its values: before them, that they are there; after them, that they differ. */
function around(
  { name, required, complete, unique, missing }: ColumnSchema,
  { key }: TableSchema,
  about: {
    readonly view: Dataset
    readonly column: Column
    readonly hasNulls: boolean
    readonly severity: Severity
  },
): readonly [before: readonly SchemaPart[], after: readonly SchemaPart[]] {
  const { view, column, hasNulls, severity } = about
  const empty =
    isHeldAsText(column) && missing && !missing.includes('') ? [engine(emptyCells(view, name, missing))] : []
  // Records tell an explicit null from an absent value, and a schema does too.
  const there = hasNulls
    ? { by: 'rows' as const, rule: presentRule(name, severity) }
    : engine(noMissing(view.column(name), { severity }))
  const alone = key.length === 1 && key[0] === name
  return [
    [...empty, ...(required || complete ? [there] : [])],
    unique && !alone ? [engine(uniqueKey(view, name, { severity }))] : [],
  ]
}

/** The rules of a column's values, less those that its physical type judges, with the type that numbers in texts have. */
function rulesFor({ rules, physical }: ColumnSchema, reading: string, heldAsText: boolean): JsonObject {
  const nested = rules.items !== undefined || rules.properties !== undefined
  if (physical && !(reading === 'other' && nested))
    return objectOf(Object.entries(rules).filter(([name]) => name !== 'type' && name !== 'format'))
  return heldAsText && numbersAsked(rules) ? withNumbers(rules) : rules
}

/** Every record has the property, be it null. */
function presentRule(name: string, severity: Severity): SchemaRowRule {
  return {
    kind: 'noMissing',
    family: 'missing',
    title: 'no missing values',
    expected: 'a value or an explicit null in every row',
    columns: [{ name, rules: {} }],
    judging: {
      values: 'json',
      nullIsMissing: false,
      judge: (row) =>
        Object.hasOwn(row, name) ? undefined : [{ keyword: 'required', message: 'the property is absent', path: '' }],
    },
    subject: [name],
    statement: { orNull: true },
    limits: {},
    mostly: 1,
    severity,
  }
}
