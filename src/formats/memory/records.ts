import { recordsSnapshot } from './changes.ts'
import type { RecordRow } from './openRecords.ts'
import type { SourceKind } from '../source.ts'
import { countText } from '../../words/text/numbers.ts'

/** Arrays of records. Columns are the union of the records' keys, in the order they first appear. */
export const records: SourceKind = {
  name: 'records',
  options: {},
  reads: 'arrays of records',
  accepts: (source) => Array.isArray(source),
  identity: { words: 'records' },
  label: (source) => countText((source as unknown[]).length, 'record'),
  files: () => [],
  snapshot: (source) => recordsSnapshot(source as readonly unknown[]),
  open: async (source) => (await import('./openRecords.ts')).openRecords(source as readonly RecordRow[]),
}
