import { bounds, counts, plainBounds, shares } from './bounds.ts'
import { columnName, columnNames } from './columns.ts'
import { other } from './other.ts'
import { pattern } from './pattern.ts'
import { number, text } from './plain.ts'
import { values } from './values.ts'
import { valueType } from './valueType.ts'

/** What checks can be asked with, for checks of your own: each is checked, shown and kept in contracts as ours are. */
export const parameters = {
  bounds,
  plainBounds,
  counts,
  shares,
  values,
  pattern,
  valueType,
  columnName,
  columnNames,
  other,
  number,
  text,
}
