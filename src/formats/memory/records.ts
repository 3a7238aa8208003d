import { type RecordRow, RecordsCopy } from './recordsCopy.ts'
import type { OpenedSource, SourceKind } from '../source.ts'
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
  snapshot(source) {
    const seen = new RecordsCopy(source as readonly RecordRow[])
    return { isOwn: seen.isOwn, same: () => seen.same(), open: () => openSeen(seen) }
  },
  open: (source) => openSeen(new RecordsCopy(source as readonly RecordRow[])),
}

const openSeen = async (seen: RecordsCopy): Promise<OpenedSource> =>
  (await import('./openRecords.ts')).openRecords(seen)
