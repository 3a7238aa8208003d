import type { CheckJson } from '../checks/checkJson.ts'
import { portablePath } from '../bytes/address.ts'
import type { Severity } from '../results/checkResult.ts'
import type { LogicalType } from '../sql/dialect.ts'
import { type Draft, draftUri, type SchemaDocument } from './drafts.ts'
import type { Unjudged } from './keywords.ts'
import { type Json, type JsonObject, objectOf, shown } from './json.ts'
import { typesOf } from './reading.ts'
import type { RowValidator } from './rowValidator.ts'

/** A language's own lexical form of values: how they are read, where a cell is text or of several types. */
export interface ValueForm {
  /** What a value must be, e.g. `date in the format %d/%m/%Y`. */
  readonly words: string
  /** No other language has to be told: the form is what the rules say. */
  readonly usual?: boolean
  /** The value's JSON reading; undefined when it is of no such form. */
  read(value: unknown): { readonly value: unknown } | undefined
}

/** A limit of values for which JSON Schema has no word. */
export interface ValueLimit {
  readonly keyword: string
  /** What each value must be, e.g. `at least 2024-01-01`. */
  readonly words: string
  /** It only asks for a finite number, which the engine's limits of numbers ask for too. */
  readonly finite?: true
  holds(value: unknown): boolean
}

/** What a schema says about one column: data, in the vocabulary of JSON Schema and `x-assay`. */
export interface ColumnSchema {
  readonly name: string
  /** Whether the column must be there, and every row must have a value in it. */
  readonly required: boolean
  /** It is required and not described: an extra column where those are not allowed. */
  readonly undeclared?: true
  /** The column must be there, though values may be missing. */
  readonly present?: boolean
  /** Where the column is there, every row must have a value in it. */
  readonly complete?: boolean
  /** The keywords that each value must hold to, judged on the value's JSON reading. */
  readonly rules: JsonObject
  /** Judged before the rules, on the text of a cell, and on the original value of a column of no single type. */
  readonly form?: ValueForm
  readonly limits?: readonly ValueLimit[]
  /** The column as a Table Schema describes it, where it was read from one. */
  readonly field?: JsonObject
  /** Texts that stand for a missing value. */
  readonly missing?: readonly string[]
  /** The missing texts are the ones any text file has: the empty cell. */
  readonly usualMissing?: boolean
  /** The column is of one of these types, whatever its values; instead of the rules' `type` and `format`. */
  readonly physical?: { readonly words: string; readonly types: readonly LogicalType[] }
  /** Least share of the values that must hold to each rule. */
  readonly mostly?: number
  readonly unique?: boolean
  /** Values never leave the process. */
  readonly pii?: boolean
  readonly severity?: Severity
}

/** Columns whose values stand in columns of another dataset, or of this one. */
export interface Reference {
  readonly columns: readonly string[]
  /** The other dataset's file; undefined for this dataset. */
  readonly file?: string
  /** How the other is called. */
  readonly to: string
  readonly key: readonly string[]
  /** Texts that stand for a missing value in the other dataset. */
  readonly missing?: readonly string[]
}

/** The contract of a table, whatever language it was written in: data that becomes checks. */
export interface TableSchema {
  readonly draft: Draft
  readonly title?: string
  readonly columns: readonly ColumnSchema[]
  readonly extraColumns: 'allow' | 'fail'
  /** The columns of a text file stand in this order. */
  readonly ordered?: boolean
  /** At least one of the columns must be there. */
  readonly some?: boolean
  /** The columns that tell rows apart; none when empty. */
  readonly key: readonly string[]
  /** Sets of columns whose values differ from row to row, where all are there. */
  readonly uniqueKeys?: readonly (readonly string[])[]
  readonly references?: readonly Reference[]
  /** Checks of any kind, stated by it. */
  readonly checks?: readonly CheckJson[]
  /** The folder that paths of these checks count from; the working folder where it is none. */
  readonly folder?: string
  /** An explicit null of a record is a missing value. */
  readonly nullIsMissing?: boolean
  /** A schema of the whole row, for keywords that look at more than one column. */
  readonly row?: JsonObject
  /** The schema as it was written, where the row is held to all of it or its columns say the same in the same places. */
  readonly whole?: JsonObject
  /** Judges rows by itself. */
  readonly validator?: RowValidator
  /** Definitions that rules may refer to: `$defs`, `definitions`. */
  readonly shared: JsonObject
  /** Schemas of other files that the row's schema refers to. */
  readonly documents?: readonly SchemaDocument[]
  /** Where the data has no names of columns, the schema's columns are the data's, one by one. */
  readonly byPlace?: true
  /** What the schema says and nothing judges. */
  readonly unjudged?: readonly Unjudged[]
}

/** A reference to a file as the check that it asks; none for one to the dataset itself. */
function referenceJson({ columns, file, to, key, missing }: Reference): readonly CheckJson[] {
  if (file === undefined) return []
  const other = { source: portablePath(file), name: to, ...(missing === undefined ? {} : { missing }) }
  return [{ kind: 'keyExists', columns, other, key }]
}

/** The schema as JSON Schema, with an `x-assay` vocabulary for what JSON Schema has no word for. */
export function toJsonSchema(schema: TableSchema): JsonObject {
  const {
    draft,
    title,
    columns,
    extraColumns,
    key,
    uniqueKeys = [],
    references = [],
    row,
    shared,
    nullIsMissing,
  } = schema
  const required = columns.filter((column) => column.required).map(({ name }) => name)
  const checks = [...(schema.checks ?? []), ...references.flatMap(referenceJson)]
  const assay = {
    ...(key.length > 0 ? { key } : {}),
    ...(uniqueKeys.length > 0 ? { uniqueKeys } : {}),
    ...(checks.length > 0 ? { checks: checks as readonly JsonObject[] } : {}),
  }
  return {
    $schema: draftUri(draft),
    ...(title === undefined ? {} : { title }),
    type: 'object',
    properties: objectOf(columns.map((column) => [column.name, propertyOf(column, nullIsMissing)])),
    ...(required.length > 0 ? { required } : {}),
    ...(extraColumns === 'fail' ? { additionalProperties: false } : {}),
    ...row,
    ...shared,
    ...(Object.keys(assay).length > 0 ? { 'x-assay': assay } : {}),
  }
}

function propertyOf(column: ColumnSchema, nullIsMissing = false): Json {
  const { present, missing, usualMissing, mostly, unique, pii, severity } = column
  const rules = nullIsMissing && !column.required ? nullable(column.rules) : column.rules
  const assay = {
    ...(present ? { present } : {}),
    ...(missing === undefined || usualMissing ? {} : { missing }),
    ...(mostly === undefined ? {} : { mostly }),
    ...(unique ? { unique } : {}),
    ...(pii ? { pii } : {}),
    ...(severity === undefined ? {} : { severity }),
  }
  return Object.keys(assay).length > 0 ? { ...rules, 'x-assay': assay } : rules
}

/** The rules, and null beside. */
export function nullable(rules: JsonObject): JsonObject {
  const types = typesOf(rules)
  const listed = rules.enum as readonly Json[] | undefined
  return {
    ...rules,
    ...(types === undefined || types.includes('null') ? {} : { type: [...types, 'null'] }),
    ...(listed === undefined || listed.includes(null) ? {} : { enum: [...listed, null] }),
  }
}

/** What JSON Schema with `x-assay` cannot say of a schema. */
export function lostInJson(schema: TableSchema): readonly string[] {
  const { columns, ordered, some, references = [], validator, documents = [], unjudged = [] } = schema
  return [
    ...columns.flatMap(({ missing: _, ...column }) => lostOfColumn(column)),
    ...(ordered ? ['the order of the columns'] : []),
    ...(some ? ['that at least one of the columns is there'] : []),
    ...references
      .filter(({ file }) => file === undefined)
      .map(({ columns: from, to, key }) => `the reference of ${from.join(', ')} to ${to} (${key.join(', ')})`),
    ...(validator ? [`what ${validator.vendor} judges in code`] : []),
    ...documents.map(({ uri }) => `the schema of the file ${shown(uri)}`),
    ...unjudged.map(({ what }) => what),
  ]
}

/** What the rules of a column leave out. */
export function lostOfColumn(column: ColumnSchema): readonly string[] {
  const { name, form, limits = [], missing, usualMissing, complete, required, physical } = column
  const about = `column ${shown(name)}: `
  return [
    ...(form && !form.usual ? [`${about}${form.words}`] : []),
    ...limits.map(({ words }) => `${about}${words}`),
    ...(missing === undefined || usualMissing ? [] : [`${about}${shown(missing)} as missing values`]),
    ...(complete && !required ? [`${about}that it has a value in every row, where it is there`] : []),
    ...(physical && !form ? [`${about}${physical.words}`] : []),
  ]
}

/** The schema with its columns called as those at the same places of a file without a header. */
export function byPlace(schema: TableSchema, names: readonly string[]): TableSchema {
  const { columns, key, uniqueKeys = [], references = [], whole: _, ...rest } = schema
  // A place that the file has not keeps the name that the schema gives it.
  const placed = new Map(columns.map(({ name }, i) => [name, names[i] ?? name]))
  const rename = (list: readonly string[]): readonly string[] => list.map((name) => placed.get(name) ?? name)
  return {
    ...rest,
    columns: columns.map((column) => ({ ...column, name: placed.get(column.name) as string })),
    key: rename(key),
    uniqueKeys: uniqueKeys.map(rename),
    references: references.map((reference) => ({
      ...reference,
      columns: rename(reference.columns),
      ...(reference.file === undefined ? { key: rename(reference.key) } : {}),
    })),
  }
}
