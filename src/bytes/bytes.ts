import { isUtf8 } from 'node:buffer'
import { open } from 'node:fs/promises'
import { throwIfStopped } from '../engine/stopping.ts'
import { AssayError, firstLine } from '../errors.ts'
import { decompressed, isCompressed, peek } from './decompress.ts'
import { decoded, markedEncoding } from './encoding.ts'

export const NEWLINE = 10
const CHUNK = 1024 ** 2

/** The bytes of a file as they lie there, until the signal aborts. */
export async function* rawBytes(file: string, signal?: AbortSignal, name = file): AsyncGenerator<Buffer> {
  const handle = await open(file, 'r')
  try {
    for (;;) {
      throwIfStopped(signal)
      const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } catch (cause) {
    if (cause instanceof AssayError) throw cause
    throw new AssayError('unreadable-file', `${JSON.stringify(name)} cannot be read to its end: ${firstLine(cause)}`, {
      cause,
    })
  } finally {
    await handle.close()
  }
}

/** The bytes of a file without their compression, which its first bytes tell. */
export async function* fileBytes(file: string, signal?: AbortSignal, name = file): AsyncGenerator<Buffer> {
  for await (const chunk of decompressed(rawBytes(file, signal, name), JSON.stringify(name))) {
    throwIfStopped(signal)
    yield chunk
  }
}

/** What the byte order mark says, or of UTF-16 without one the zero byte beside its first character; else UTF-8. */
function encodingOf(head: Buffer): string {
  const [first, second] = head
  if (first !== 0 && second === 0 && markedEncoding(head) === undefined) return 'utf-16le'
  if (first === 0 && second !== undefined && second !== 0) return 'utf-16be'
  return markedEncoding(head) ?? 'utf-8'
}

/** Whether a file's bytes are what `utf8Bytes` reads: it is neither compressed nor UTF-16 and has no byte order mark. */
export async function isBareUtf8(file: string): Promise<boolean> {
  const head = await fileHead(file, 4)
  return !isCompressed(head) && encodingOf(head) === 'utf-8' && markedEncoding(head) === undefined
}

/** The text of a file as UTF-8 without a byte order mark, whatever mark it has. Bytes that are no UTF-8 stay as they are. */
export async function* utf8Bytes(file: string, signal?: AbortSignal, name = file): AsyncGenerator<Buffer> {
  const { head, all, close } = await peek(fileBytes(file, signal, name), 4)
  try {
    const encoding = encodingOf(head)
    if (encoding !== 'utf-8') return yield* decoded(all, encoding)
    let mark = markedEncoding(head) === undefined ? 0 : 3
    for await (const chunk of all) {
      yield Buffer.from(chunk.buffer, chunk.byteOffset + mark, chunk.length - mark)
      mark = 0
    }
  } finally {
    await close()
  }
}

/**
 * The longest line the engine's reader is given, just below its own limit: its buffers are sixteen lines of the longest, so a
 * higher one costs memory and time.
 */
const LONGEST_LINE = 1_999_000

/**
 * Whether the engine may read the file line by line: all of it is UTF-8, its lines end with a mere newline, no line is
 * very long, nothing holds a NUL.
 */
export async function isPlainText(file: string, signal?: AbortSignal): Promise<boolean> {
  // The engine takes the ending's word for the compression.
  if (isCompressed(await fileHead(file, 4)) !== /\.(gz|zst)$/i.test(file)) return false
  let rest: Buffer = Buffer.alloc(0)
  let length = 0
  let first = true
  for await (const chunk of fileBytes(file, signal)) {
    if (first && chunk.length > 0 && encodingOf(chunk) !== 'utf-8') return false
    first = false
    if (chunk.includes(13) || chunk.includes(0)) return false
    const last = chunk.lastIndexOf(NEWLINE)
    if (last < 0) length += chunk.length
    else {
      if (longest(chunk, length) > LONGEST_LINE) return false
      length = chunk.length - last - 1
    }
    if (length > LONGEST_LINE) return false
    const whole = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    const end = characterEnd(whole)
    if (!isUtf8(whole.subarray(0, end))) return false
    rest = whole.subarray(end)
  }
  return isUtf8(rest)
}

function longest(chunk: Buffer, before: number): number {
  // A line within the chunk is never longer than the chunk: only the one that began earlier can be.
  return before + chunk.indexOf(NEWLINE)
}

/** Where the last whole character ends: at most three bytes of a begun one are left. */
export function characterEnd(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number
    if (byte < 0x80) return bytes.length
    if (byte >= 0xc0) {
      const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return size > back ? bytes.length - back : bytes.length
    }
  }
  return bytes.length
}

/** The first bytes of a file as they lie there. */
export async function fileHead(file: string, count: number): Promise<Buffer> {
  const handle = await open(file, 'r')
  try {
    const buffer = Buffer.alloc(count)
    const { bytesRead } = await handle.read(buffer, 0, count, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}
