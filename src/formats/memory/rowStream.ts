import { AssayError } from '../../errors.ts'
import type { SourceKind } from '../source.ts'
import type { Stream } from './loadStream.ts'

const read = new WeakSet<object>()

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
        if (read.has(source as object)) {
          throw new AssayError('unsupported-source', 'this stream was read by another dataset: it can be read once', {
            hint: 'make one dataset of it and use that',
          })
        }
        read.add(source as object)
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
