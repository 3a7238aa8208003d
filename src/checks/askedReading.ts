import { cellOf } from '../cells/cell.ts'
import { valueOfText } from '../cells/lexical.ts'
import { isRereadable, retyped } from '../cells/retyped.ts'
import type { Column, QueryOptions, Relation } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import { countWhere } from '../metrics/kinds/countWhere.ts'
import { columnNamed, isMeasured, isNumeric, isTime } from '../metrics/metric.ts'
import { missingCount } from '../metrics/kinds/missingCount.ts'
import { rowCount } from '../metrics/kinds/rowCount.ts'
import type { Dialect, LogicalType } from '../sql/dialect.ts'
import { type Sql, sql } from '../sql/sql.ts'
import { spellingHint } from './unreadable.ts'
import { FOR_TEXT, wrongType } from './wrongType.ts'

/** What a question asks of a column: numbers, true and false, the text of its cells, days and times, whole numbers and days, or anything that has an order. */
export type AskedFor = 'number' | 'boolean' | 'string' | 'ordered' | 'whole' | 'time'

/** The types a column is read as, the first of those most of its cells are written like; then the narrower one. */
const readings: Readonly<Record<Exclude<AskedFor, 'string'>, readonly (readonly LogicalType[])[]>> = {
  number: [['number', 'integer']],
  boolean: [['boolean']],
  time: [['date'], ['timestamp'], ['timestamptz']],
  whole: [['integer'], ['date']],
  ordered: [['number', 'integer'], ['date'], ['timestamp'], ['timestamptz'], ['time']],
}

/**
 * The relation with a column read as the question asks, whatever its first rows looked like: text and values of several
 * types as numbers, where some cell is a number (whole ones as integers, so that they stay exact), a text file's cells as
 * text. Cells that are not written so are unreadable, and fail row checks. The relation itself where nothing is to be
 * read anew; an AssayError `wrong-type` for a column with values none of which is what is asked for.
 */
export async function readAsAsked(
  relation: Relation,
  name: string,
  wanted: AskedFor,
  options: QueryOptions,
): Promise<Relation> {
  const column = columnNamed(relation.columns, name)
  if (!isRereadable(column, wanted) || isAlready(column, wanted)) return relation
  if (wanted === 'string') return withType(relation, name, 'string')
  const types = readings[wanted].flat()
  const { present, written } = await counts(relation, column, types, options)
  const most = Math.max(...written)
  if (present > 0 && most === 0) throw await notAsAsked(relation, column, wanted, options)
  const [widest, narrow] = readings[wanted].find(([type]) => written[types.indexOf(type as LogicalType)] === most) ?? []
  return withType(relation, name, (narrow && written[types.indexOf(narrow)] === most ? narrow : widest) as LogicalType)
}

/**
 * The relation with the integers that a column's first rows made believe read as numbers: a `9.4` further down is a
 * number too. The relation itself where somebody said that the column holds integers.
 */
export function withFractions(relation: Relation, name: string): Relation {
  const { type, guessed } = columnNamed(relation.columns, name)
  return guessed && type === 'integer' ? withType(relation, name, 'number') : relation
}

function isAlready(column: Column, wanted: AskedFor): boolean {
  if (wanted === 'ordered') return isMeasured(column) || column.type === 'time'
  if (wanted === 'whole')
    return column.type !== 'string' && column.type !== 'mixed' && !(column.guessed && column.type === 'number')
  if (wanted === 'time') return isTime(column)
  return wanted === 'number' ? isNumeric(column) : column.type === wanted
}

function withType(relation: Relation, name: string, type: LogicalType): Relation {
  return retyped(
    relation,
    relation.columns.map((column) => ({ type: column.name === name ? type : column.type })),
  )
}

/** A column's cells as values of a type, whatever it is read as: null where they are not written like one. */
export function writtenAs(relation: Relation, column: Column, type: LogicalType, dialect: Dialect): Sql {
  const text = cellOf(column, dialect).shown
  return valueOfText(relation.spelled?.(text, type) ?? text, type, dialect)
}

/** How many cells are present, and how many of them are written like each of the types. */
export async function counts(
  relation: Relation,
  column: Column,
  types: readonly LogicalType[],
  options: QueryOptions,
): Promise<{ readonly present: number; readonly written: readonly number[] }> {
  const { name } = column
  const likeType = types.map((type) =>
    countWhere({
      key: `written like ${type}`,
      columns: [name],
      sql: ({ dialect }) => sql`${writtenAs(relation, column, type, dialect)} is not null`,
    }),
  )
  const { runMetrics } = await import('../metrics/run.ts')
  const results = await runMetrics([rowCount(), missingCount(name), ...likeType], relation, options)
  const [rows, missing, ...written] = [rowCount(), missingCount(name), ...likeType].map(({ key }) => {
    const result = results.get(key)
    if (!result?.ok)
      throw result?.error ?? new AssayError('query-failed', `no counts of column ${JSON.stringify(name)}`)
    return Number(result.value)
  }) as [number, number, ...number[]]
  return { present: rows - missing, written }
}

export const words: Readonly<Record<AskedFor, string>> = {
  number: 'not numbers',
  boolean: 'not true and false',
  string: 'not text',
  time: 'not days and times',
  ordered: 'neither numbers nor times',
  whole: 'neither whole numbers nor days',
}

/** Which spellings of others a column may have that holds nothing of what is asked. */
const spelled: Readonly<Partial<Record<AskedFor, 'number' | 'day' | 'either'>>> = {
  number: 'number',
  time: 'day',
  whole: 'either',
  ordered: 'either',
}

async function notAsAsked(
  relation: Relation,
  column: Column,
  wanted: AskedFor,
  options: QueryOptions,
): Promise<AssayError> {
  const kind = spelled[wanted]
  const spelling = kind && (await spellingHint(relation, column, kind, options))
  return wrongType(column, words[wanted], spelling ?? FOR_TEXT)
}
