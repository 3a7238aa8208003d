import type { SourceKind } from '../source.ts'
import { takeOnce } from '../readOnce.ts'
import type { Stream } from './loadStream.ts'

/**
 * Rows that arrive one by one: async iterables, generators, Node and web streams, of records or of Arrow record
 * batches. They are read once and go into the engine batch by batch, so memory stays bounded.
 */
export const rowStream: SourceKind = {
  name: 'rows',
  options: {},
  reads: 'streams and (async) iterables of records or record batches',
  accepts: (source, { format }) => (format === undefined || format === 'rows') && isStream(source),
  label: () => 'stream of rows',
  files: () => [],
  async open(source, options) {
    return {
      async relation(engine, queryOptions) {
        takeOnce(source as object, 'the stream')
        const { loadStream } = await import('./loadStream.ts')
        return loadStream(engine, source as Stream, options, queryOptions)
      },
    }
  },
}

function isStream(source: unknown): boolean {
  if (typeof source !== 'object' || source === null) return false
  return Symbol.asyncIterator in source || (Symbol.iterator in source && 'next' in source)
}
