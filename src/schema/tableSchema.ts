import type { Severity } from '../results/checkResult.ts'
import { type Draft, draftUri } from './drafts.ts'
import { type Json, type JsonObject, objectOf } from './json.ts'

/** What a schema says about one column: data, in the vocabulary of JSON Schema and `x-assay`. */
export interface ColumnSchema {
  readonly name: string
  /** Whether the column must be there, and every row must have a value in it. */
  readonly required: boolean
  /** The column must be there, though values may be missing. */
  readonly present?: boolean
  /** The keywords that each value must hold to, judged on the value's JSON reading. */
  readonly rules: JsonObject
  /** Least share of the values that must hold to each rule. */
  readonly mostly?: number
  readonly unique?: boolean
  /** Values never leave the process. */
  readonly pii?: boolean
  readonly severity?: Severity
}

/** The contract of a table, whatever language it was written in: data that becomes checks. */
export interface TableSchema {
  readonly draft: Draft
  readonly title?: string
  readonly columns: readonly ColumnSchema[]
  readonly extraColumns: 'allow' | 'fail'
  /** The columns that tell rows apart; none when empty. */
  readonly key: readonly string[]
  /** A schema of the whole row, for keywords that look at more than one column. */
  readonly row?: JsonObject
  /** Definitions that rules may refer to: `$defs`, `definitions`. */
  readonly shared: JsonObject
}

/** The schema as JSON Schema, with an `x-assay` vocabulary for what JSON Schema has no word for. */
export function toJsonSchema({ draft, title, columns, extraColumns, key, row, shared }: TableSchema): JsonObject {
  const required = columns.filter((column) => column.required).map(({ name }) => name)
  return {
    $schema: draftUri(draft),
    ...(title === undefined ? {} : { title }),
    type: 'object',
    properties: objectOf(columns.map((column) => [column.name, propertyOf(column)])),
    ...(required.length > 0 ? { required } : {}),
    ...(extraColumns === 'fail' ? { additionalProperties: false } : {}),
    ...row,
    ...shared,
    ...(key.length > 0 ? { 'x-assay': { key } } : {}),
  }
}

function propertyOf({ rules, present, mostly, unique, pii, severity }: ColumnSchema): Json {
  const assay = {
    ...(present ? { present } : {}),
    ...(mostly === undefined ? {} : { mostly }),
    ...(unique ? { unique } : {}),
    ...(pii ? { pii } : {}),
    ...(severity === undefined ? {} : { severity }),
  }
  return Object.keys(assay).length > 0 ? { ...rules, 'x-assay': assay } : rules
}
