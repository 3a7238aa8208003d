import type { Dataset } from '../dataset/dataset.ts'
import { derived } from '../dataset/handle.ts'
import { nearest } from '../errors.ts'
import { isHeldAsText } from '../cells/cell.ts'
import { type CellReading, retyped } from '../cells/retyped.ts'
import type { Relation } from '../engine/engine.ts'
import type { LogicalType } from '../sql/dialect.ts'
import { cellRules, numbersAsked } from './cellRules.ts'
import { textTypeOf, typesOf } from './reading.ts'
import type { ColumnSchema, TableSchema } from './tableSchema.ts'
import { tagColumns } from '../dataset/opened.ts'

/**
 * The dataset as a schema sees it: more columns are personal, the cells of a text file are read as it declares, and the
 * texts it names are missing values.
 */
export function viewOf(
  dataset: Dataset,
  { relation, records }: { readonly relation: Relation; readonly records: readonly object[] | undefined },
  schema: TableSchema,
): Dataset {
  // Records and JSON are judged on their own values; a sheet's column of several types holds texts of them.
  const typed = relation.jsonRows !== true && records === undefined
  tagColumns(
    dataset,
    schema.columns
      .filter(({ pii }) => pii)
      .flatMap(({ name }) => {
        const likely = misnamed(name, relation, schema)
        return likely === undefined ? [name] : [name, likely]
      }),
  )
  const seen = reread(relation, schema, typed)
  return derived(dataset, {
    relation: () => Promise.resolve(seen),
    identity: { ...dataset.identity, readings: readingsOf(schema) },
  })
}

/** The column that a schema most likely means by a name that none has: one that it does not describe itself. */
export function misnamed(name: string, { columns }: Relation, schema: TableSchema): string | undefined {
  const names = columns.map((column) => column.name)
  if (names.includes(name)) return undefined
  return nearest(
    name,
    names.filter((other) => !schema.columns.some((column) => column.name === other)),
  )
}

/** By column, what the schema says of how a cell is read, where that is not what any text file has. */
function readingsOf({ columns, nullIsMissing }: TableSchema): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    columns.map(({ name, form, physical, rules, missing, usualMissing }) => [
      name,
      {
        form: form?.words,
        types: physical?.types,
        type: rules.type,
        format: rules.format,
        missing: usualMissing || missing === undefined ? undefined : new Set(missing),
        nullIsMissing: nullIsMissing || undefined,
      },
    ]),
  )
}

function reread(relation: Relation, table: TableSchema, typed: boolean): Relation {
  const { columns: wanted } = table
  const readings = relation.columns.map((read): CellReading => {
    const { name, type } = read
    const heldAsText = isHeldAsText(read)
    const column = wanted.find((candidate) => candidate.name === name)
    const missing =
      (heldAsText && column?.usualMissing) || (!heldAsText && type !== 'string' && type !== 'mixed')
        ? []
        : (column?.missing ?? [])
    if (column && typed && type === 'mixed') return { type: typeByValue(column.rules) ?? type, missing }
    return { type: heldAsText && column ? declaredType(column, type, table) : type, missing }
  })
  return retyped(relation, readings)
}

/** The one type that values of a column of several types are to have. */
function typeByValue(rules: ColumnSchema['rules']): LogicalType | undefined {
  const types = typesOf(rules)?.filter((type) => type !== 'null') ?? []
  if (types.length > 0 && types.every((type) => type === 'number' || type === 'integer')) return 'number'
  return types.length === 1 && types[0] === 'boolean' ? 'boolean' : undefined
}

function declaredType(
  { name, form, physical, rules }: ColumnSchema,
  detected: LogicalType,
  table: TableSchema,
): LogicalType {
  if (form) return 'string'
  if (physical) return physical.types.includes(detected) ? detected : (physical.types[0] as LogicalType)
  if (numbersAsked(rules)) return 'number'
  return textTypeOf(cellRules(table, name), detected) ?? detected
}
