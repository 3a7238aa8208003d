import { type FileOptions, fileOptions } from '../fileFormats.ts'
import type { SourceKind } from '../source.ts'
import { formatNamed, label } from './formatNamed.ts'

/**
 * Bytes or text that come once, of files of any format: standard input (`-`), web and Node streams, and other async
 * iterables. They are kept in a temporary file for as long as the dataset is held. `format` says what a stream holds; of
 * standard input the first bytes do, where it is not said.
 */
export const byteStream: SourceKind<FileOptions> = {
  name: 'stream of bytes',
  options: fileOptions,
  reads: "'-' and streams of bytes or text (with a format)",
  accepts: (source, { format }) => source === '-' || (formatNamed(format) !== undefined && isStream(source)),
  formatOf: (_, { format }) => formatNamed(format),
  label,
  files: () => [],
  open: async (...asked) => (await import('./openStream.ts')).openStream(...asked),
}

function isStream(source: unknown): source is AsyncIterable<unknown> {
  return typeof source === 'object' && source !== null && Symbol.asyncIterator in source
}
