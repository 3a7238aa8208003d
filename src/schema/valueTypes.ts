import type { DatasetColumn } from '../dataset/dataset.ts'
import { lexical, valueOfText } from '../cells/lexical.ts'
import { columnNamed, type MetricContext } from '../metrics/metric.ts'
import { type RowCheckOptions, rowCheck } from '../checks/rowCheck.ts'
import type { Check } from '../checks/check.ts'
import { holds, ofType, valuesOfType, type ValueType } from '../checks/valuesOfType.ts'
import { all, any, type LogicalType } from '../sql/dialect.ts'
import { raw, type Sql, sql } from '../sql/sql.ts'
import { type JsonType, readingOf } from './reading.ts'

/** Every value of a column that holds scalars of one type reads as one of the JSON types. */
export function valuesOfJsonType(column: DatasetColumn, types: readonly JsonType[], options: RowCheckOptions): Check {
  const words = types.join(' or ')
  return rowCheck(
    column,
    ofType(words, {
      asked: { json: new Set(types) },
      violates: (value, context) => notOfType(value, types, column.name, context),
      note: (context) => holds(column.name, context),
    }),
    options,
  )
}

function notOfType(value: Sql, types: readonly JsonType[], name: string, { columns, dialect }: MetricContext): Sql {
  const reading = readingOf(columnNamed(columns, name))
  const fine = raw('(1 = 0)')
  const broken = sql`${value} is not null`
  if (reading === 'boolean') return types.includes('boolean') ? fine : broken
  if (reading === 'string' || reading === 'time') return types.includes('string') ? fine : broken
  const numbers = types.includes('number')
  if (!numbers && !types.includes('integer')) return broken
  if (reading === 'integer') return fine
  const fraction = sql`${value} <> floor(${value})`
  if (reading === 'decimal') return numbers ? fine : fraction
  const infinite = sql`not ${dialect.isFinite(value)}`
  return numbers ? infinite : any([infinite, all([dialect.isFinite(value), fraction])])
}

/** Every text of a text file's column is a timestamp by our grammar, with or without a zone. */
export function valuesOfTimestamp(column: DatasetColumn, options: RowCheckOptions): Check {
  return rowCheck(
    column,
    ofType('timestamp', {
      asked: { type: 'any timestamp' },
      ofText: true,
      ofType: 'timestamp',
      violates: (value, { dialect }) =>
        all((['timestamp', 'timestamptz'] as const).map((type) => sql`${valueOfText(value, type, dialect)} is null`)),
    }),
    options,
  )
}

/** The column is of one of the types; the cells of a text file are written as one of them. */
export function valuesOfPhysicalType(
  column: DatasetColumn,
  { words, types }: { readonly words: string; readonly types: readonly LogicalType[] },
  textual: boolean,
  options: RowCheckOptions,
): Check {
  const wanted = types[0] as LogicalType
  if (textual && (wanted === 'timestamp' || wanted === 'timestamptz')) return valuesOfTimestamp(column, options)
  if (textual && lexical[wanted] !== undefined) return valuesOfType(column, wanted as ValueType, options)
  return rowCheck(
    column,
    ofType(words, {
      asked: { physical: [words, types] },
      violates: (_, { columns }) => raw(types.includes(columnNamed(columns, column.name).type) ? '(1 = 0)' : '(1 = 1)'),
      note: (context) => holds(column.name, context),
    }),
    options,
  )
}
