import type { ColumnCell } from '../cells/cell.ts'
import type { DatasetColumn } from '../dataset/dataset.ts'
import { hasFraction } from '../cells/fraction.ts'
import { lexical, valueOfText } from '../cells/lexical.ts'
import type { Check } from '../checks/check.ts'
import { ruleCheck } from '../checks/forms/rowRule.ts'
import type { RowCheckOptions } from '../checks/parameters/options.ts'
import type { ValueType } from '../checks/parameters/valueType.ts'
import { holds, ofType, valuesOfType } from '../checks/kinds/valuesOfType.ts'
import { all, any, type Dialect, type LogicalType } from '../sql/dialect.ts'
import { raw, type Sql, sql } from '../sql/sql.ts'
import { type JsonType, readingOf } from './reading.ts'

/** Every value of a column that holds scalars of one type reads as one of the JSON types. */
export function valuesOfJsonType(column: DatasetColumn, types: readonly JsonType[], options: RowCheckOptions): Check {
  const words = types.join(' or ')
  return ruleCheck(
    column,
    ofType(words, {
      statement: { json: new Set(types) },
      breaks: (cell, { dialect }) => notOfType(cell, types, dialect),
      note: holds,
    }),
    options,
  )
}

function notOfType({ column, value }: ColumnCell, types: readonly JsonType[], dialect: Dialect): Sql {
  const reading = readingOf(column)
  const fine = raw('(1 = 0)')
  const broken = sql`${value} is not null`
  if (reading === 'boolean') return types.includes('boolean') ? fine : broken
  if (reading === 'string' || reading === 'time') return types.includes('string') ? fine : broken
  const numbers = types.includes('number')
  if (!numbers && !types.includes('integer')) return broken
  if (reading === 'integer') return fine
  const fraction = hasFraction(value)
  if (reading === 'decimal') return numbers ? fine : fraction
  const infinite = sql`not ${dialect.isFinite(value)}`
  return numbers ? infinite : any([infinite, all([dialect.isFinite(value), fraction])])
}

/** Every text of a text file's column is a timestamp by our grammar, with or without a zone. */
export function valuesOfTimestamp(column: DatasetColumn, options: RowCheckOptions): Check {
  return ruleCheck(
    column,
    ofType('timestamp', {
      statement: { type: 'any timestamp' },
      ofText: true,
      ofType: 'timestamp',
      breaks: ({ text }, { dialect }) =>
        all([
          sql`${text} is not null`,
          ...(['timestamp', 'timestamptz'] as const).map((type) => sql`${valueOfText(text, type, dialect)} is null`),
        ]),
    }),
    options,
  )
}

/** The column is of one of the types; the cells of a text file are written as one of them. */
export function valuesOfPhysicalType(
  column: DatasetColumn,
  { words, types }: { readonly words: string; readonly types: readonly LogicalType[] },
  heldAsText: boolean,
  options: RowCheckOptions,
): Check {
  const wanted = types[0] as LogicalType
  if (heldAsText && (wanted === 'timestamp' || wanted === 'timestamptz')) return valuesOfTimestamp(column, options)
  if (heldAsText && lexical[wanted] !== undefined) return valuesOfType(column, wanted as ValueType, options)
  return ruleCheck(
    column,
    ofType(words, {
      statement: { physical: [words, types] },
      breaks: ({ column: { type }, present }) => (types.includes(type) ? raw('(1 = 0)') : sql`${present} is not null`),
      note: holds,
    }),
    options,
  )
}
