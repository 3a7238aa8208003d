import { AssayError } from '../errors.ts'
import type { Chunks } from './decompress.ts'

const marks = [
  { bytes: [0xff, 0xfe, 0, 0], encoding: 'utf-32le' },
  { bytes: [0, 0, 0xfe, 0xff], encoding: 'utf-32be' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
] as const

/** The encoding that a byte order mark says; undefined where there is none. */
export function markedEncoding(head: Uint8Array): (typeof marks)[number]['encoding'] | undefined {
  return marks.find(({ bytes }) => bytes.every((byte, i) => head[i] === byte))?.encoding
}

/** Whether a name of an encoding is one of UTF-8. */
export const isUtf8Name = (encoding: string): boolean => /^utf-?8$/i.test(encoding)

/** Whether an encoding's units take two bytes; its decoder passes over half of one at the end. */
const hasPairs = (encoding: string): boolean => /^(?:utf-?16|ucs-?2)/i.test(encoding)

/**
 * Bytes of an encoding as UTF-8, without its byte order mark; bytes that are none of it are U+FFFD. Throws an AssayError for
 * one that is not known.
 */
export async function* decoded(chunks: Chunks, encoding: string): AsyncGenerator<Buffer> {
  const { default: iconv } = await import('iconv-lite')
  if (!iconv.encodingExists(encoding)) {
    throw new AssayError('wrong-argument', `dataset(): encoding is ${JSON.stringify(encoding)}, which is not known`, {
      hint: "it takes names such as 'utf-16le', 'latin1', 'windows-1252' or 'shift_jis'",
    })
  }
  const decoder = iconv.getDecoder(encoding)
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    yield Buffer.from(decoder.write(Buffer.from(chunk)))
  }
  const rest = `${decoder.end() ?? ''}${hasPairs(encoding) && bytes % 2 === 1 ? '\uFFFD' : ''}`
  if (rest) yield Buffer.from(rest)
}
