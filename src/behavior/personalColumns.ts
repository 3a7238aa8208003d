import path from 'node:path'
import { checkedOptions } from '../dataset/datasetOptions.ts'
import { namesOf } from '../dataset/origin.ts'
import { personalCells, tagPersonal, taggedPersonal, tagRow } from '../dataset/personal.ts'
import { checkNames } from '../dataset/version.ts'

/** Columns of cases that are personal: those that were declared for them, and all that are known of their file. */
export interface TaggedColumns {
  readonly declared: readonly string[]
  readonly all: readonly string[]
}

/** The personal columns of cases, from now on known to whoever reads the same file. Throws an AssayError for what are no names. */
export function personalColumns(file: string | undefined, pii: string | readonly string[] | undefined): TaggedColumns {
  const declared = pii === undefined ? [] : namesOf(checkedOptions('mft()', { pii }).pii)
  const places = file === undefined ? [] : [path.resolve(file)]
  tagPersonal(places, declared)
  return { declared, all: [...new Set([...declared, ...taggedPersonal(places)])] }
}

/**
 * Remembers which cells of the rows are personal, but for those of columns that nothing reads. Throws an AssayError for a
 * declared column that is none of `names`.
 */
export function tagRows(
  rows: readonly unknown[],
  names: readonly string[],
  { declared, all }: TaggedColumns,
  ignore: readonly string[],
): void {
  checkNames('mft(): pii', declared, names)
  const columns = all.filter((name) => !ignore.includes(name))
  if (columns.length === 0) return
  for (const row of rows) {
    if (typeof row !== 'object' || row === null) continue
    const own = columns.filter((name) => Object.hasOwn(row, name))
    if (own.length > 0) tagRow(row, [...new Set([...personalCells(row), ...own])])
  }
}
