import type { RowsBlock } from './blocks/rows.ts'

/** One thing that says where rows stand. */
export interface Place {
  readonly name: 'row' | 'line' | 'file'
  /** One for each row of the sample. */
  readonly cells: readonly (number | string)[]
}

/** Where the rows of a sample stand: row number, physical line, file; those that are known. */
export function placesOf({
  rowNumbers,
  lines,
  files,
}: Pick<RowsBlock, 'rowNumbers' | 'lines' | 'files'>): readonly Place[] {
  return [
    ...(rowNumbers ? [{ name: 'row' as const, cells: rowNumbers }] : []),
    ...(lines ? [{ name: 'line' as const, cells: lines }] : []),
    ...(files ? [{ name: 'file' as const, cells: files }] : []),
  ]
}
