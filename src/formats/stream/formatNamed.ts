import { fileFormats } from '../fileFormats.ts'
import type { FileKind } from '../fileSource.ts'

/** The format that is called so; what of its name says how it is compressed, the bytes say too. */
export function formatNamed(format: string | undefined): FileKind | undefined {
  return format === undefined
    ? undefined
    : fileFormats.find((kind: FileKind) => kind.accepts('-', { format: bare(format) }))
}

export const bare = (format: string): string => format.replace(/\.(gz|zst)$/i, '')

/** A stream's name for people. */
export const label = (source: unknown): string => (source === '-' ? 'standard input' : 'a stream')
