import { isIdentifier, isSql, isTable, type Sql } from '../sql/sql.ts'
import type { Dataset } from './model.ts'
import { type CheckedFilter, describeFilter, describeSql } from './filter.ts'
import { filtersOf } from './opened.ts'
import type { SliceWords } from './origin.ts'
import { REDACTED, withoutLiterals } from './personal.ts'

/** The words of a filter. */
export function sliceWords(filter: CheckedFilter): SliceWords {
  const words = describeFilter(filter)
  if (isSql(filter)) return { words, columns: namesIn(words), hidden: hiddenSql(filter), bySql: true }
  return {
    words,
    columns: filter.map(({ column }) => column),
    hidden: filter.map(({ column, list }) => `${column} ${list ? 'in' : '='} ${REDACTED}`).join(' and '),
  }
}

/** Every word of an expression that may be a column's name, as it stands there. */
export function namesIn(text: string): readonly string[] {
  const quoted = [...text.matchAll(/"((?:[^"]|"")*)"/g)].map(([, name = '']) => name.replaceAll('""', '"'))
  return [...new Set([...quoted, ...(text.match(/[\p{L}\p{N}_$]+/gu) ?? []), text])]
}

/** A piece of SQL as its author wrote it, without values. */
export function hiddenSql(written: Sql): string {
  const text = ({ parts, holes }: Sql): string =>
    parts.map((part, i) => withoutLiterals(part) + (i < holes.length ? hole(holes[i]) : '')).join('')
  const hole = (value: unknown): string => {
    if (isSql(value)) return text(value)
    return isIdentifier(value) || isTable(value) ? describeSql({ parts: ['', ''], holes: [value] } as never) : REDACTED
  }
  return text(written).trim()
}

/** A piece of SQL as its author wrote it, on one line; without values where it names one of the personal columns. */
export function shownSql(written: Sql, personal: readonly string[]): string {
  const words = describeSql(written)
  return onOneLine(anyPersonal(namesIn(words), personal) ? hiddenSql(written) : words)
}

/** A text without line breaks and indentation. */
export const onOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** Whether one of the columns is personal; engines do not tell capitals apart. */
export function anyPersonal(columns: readonly string[], personal: readonly string[]): boolean {
  const secret = new Set(personal.map((name) => name.toLowerCase()))
  return columns.some((name) => secret.has(name.toLowerCase()))
}

/** The slice in words that may leave the process; undefined for all rows. */
export function shownSlice(dataset: Dataset): string | undefined {
  const filters = filtersOf(dataset)
  if (filters.length === 0) return undefined
  const { pii } = dataset
  return filters.map(({ words, hidden, columns }) => (anyPersonal(columns, pii) ? hidden : words)).join(' and ')
}

/** The slice without any value, and the columns that its values are of. */
export function hiddenSlice(
  dataset: Dataset,
): { readonly words: string; readonly columns: readonly string[] } | undefined {
  const filters = filtersOf(dataset)
  if (filters.length === 0) return undefined
  return {
    words: filters.map(({ hidden }) => hidden).join(' and '),
    columns: filters.flatMap(({ columns }) => columns),
  }
}
