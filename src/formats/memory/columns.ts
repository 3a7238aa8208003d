import { columnsSnapshot } from './changes.ts'
import type { SourceKind } from '../source.ts'
import { countText } from '../../words/text/numbers.ts'
import { type Columns, isColumns } from './columnValues.ts'

/** An object of columns: arrays, typed arrays or Arrow vectors of one length. Typed arrays keep their width. */
export const columns: SourceKind = {
  name: 'columns',
  options: {},
  reads: 'objects of columns',
  accepts: (source) => isColumns(source),
  identity: { words: 'columns' },
  label: (source) => countText(Object.keys(source as Columns).length, 'column'),
  files: () => [],
  snapshot: (source) => columnsSnapshot(source as Columns),
  open: async (source) => (await import('./openColumns.ts')).openColumns(source as Columns),
}
