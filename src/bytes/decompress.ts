import { othersTurn } from '../engine/stopping.ts'
import { AssayError, firstLine } from '../errors.ts'
import { ZstdFrames } from './zstdFrames.ts'

/** Bytes, as they come in. */
export type Chunks = AsyncIterable<Uint8Array>

/** The bytes without their compression: gzip or Zstandard, told by how they start. `label` names them in errors. */
export async function* decompressed(chunks: Chunks, label: string): AsyncGenerator<Buffer> {
  const { head, all } = await peek(chunks, 4)
  if (isGzip(head)) yield* gunzipped(all, label)
  else if (isZstd(head)) yield* unzstd(all, label)
  else for await (const chunk of all) yield asBuffer(chunk)
}

/** Whether bytes start as gzip or Zstandard do. */
export function isCompressed(head: Uint8Array): boolean {
  return isGzip(head) || isZstd(head)
}

const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b
const isZstd = (head: Uint8Array): boolean =>
  head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd

/** The first bytes (at least `count`, unless there are fewer), all of them again, and how to let go of their source. */
export async function peek(
  chunks: Chunks,
  count: number,
): Promise<{ head: Buffer; all: Chunks; close: () => Promise<unknown> }> {
  const iterator = chunks[Symbol.asyncIterator]()
  const first: Uint8Array[] = []
  let size = 0
  while (size < count) {
    const { value, done } = await iterator.next()
    if (done) break
    first.push(value)
    size += value.length
  }
  const head = first.length === 1 ? asBuffer(first[0] as Uint8Array) : Buffer.concat(first)
  async function* all(): Chunks {
    try {
      if (head.length > 0) yield head
      for (;;) {
        const { value, done } = await iterator.next()
        if (done) return
        yield value
      }
    } finally {
      await iterator.return?.()
    }
  }
  return { head, all: all(), close: async () => iterator.return?.() }
}

const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer => Buffer.from(buffer, byteOffset, byteLength)

/** What the source of the bytes says stays as it is: only the decompressor's words are put into a sentence. */
class SourceError extends Error {}

async function* gunzipped(chunks: Chunks, label: string): AsyncGenerator<Buffer> {
  const { createGunzip } = await import('node:zlib')
  const { Readable } = await import('node:stream')
  const gunzip = createGunzip({ chunkSize: 1024 ** 2 })
  let taken = 0
  let tail = Buffer.alloc(0)
  async function* counted(): Chunks {
    try {
      for await (const chunk of chunks) {
        taken += chunk.length
        tail = Buffer.from(chunk.subarray(-16))
        yield chunk
      }
    } catch (cause) {
      throw new SourceError('', { cause })
    }
  }
  const source = Readable.from(counted(), { objectMode: false })
  source.on('error', (error) => gunzip.destroy(error))
  let bytes = 0
  try {
    for await (const chunk of source.pipe(gunzip)) {
      bytes += (chunk as Buffer).length
      yield chunk as Buffer
    }
  } catch (cause) {
    if (cause instanceof SourceError) throw cause.cause
    const cut = (cause as NodeJS.ErrnoException).code === 'Z_BUF_ERROR'
    throw new AssayError(
      'unreadable-file',
      cut
        ? `${label} is cut off: its gzip data goes on after byte ${taken}, the last one (${bytes} bytes of text before it)`
        : `${label} is broken gzip data near byte ${gunzip.bytesWritten}: ${firstLine(cause)}`,
      { hint: 'the download or copy did not finish or changed it; get the file again', cause },
    )
  } finally {
    source.destroy()
    gunzip.destroy()
  }
  // Zeros fill the last block of tapes and archives; anything else after the data would be lost without a word.
  if (gunzip.bytesWritten < taken && tail.some((byte) => byte !== 0))
    throw new AssayError(
      'unreadable-file',
      `${label} has ${taken - gunzip.bytesWritten} bytes after its gzip data that are no gzip data`,
      { hint: 'get the file again, or cut them off' },
    )
}

/** Four bytes may stand for 128 KB, and the decompressor hands over all of what it was given at once. */
const SLICE = 1024
const TURN = 4 * 1024 ** 2

async function* unzstd(chunks: Chunks, label: string): AsyncGenerator<Buffer> {
  const { Decompress } = await import('fzstd')
  const frames = new ZstdFrames(label)
  let out: Uint8Array[] = []
  const stream = new Decompress((chunk) => out.push(chunk))
  let taken = 0
  const push = (bytes: Uint8Array, last = false): void => {
    try {
      if (!last) frames.check(bytes)
      stream.push(bytes, last)
    } catch (cause) {
      if (cause instanceof AssayError) throw cause
      throw new AssayError(
        'unreadable-file',
        `${label} is cut off or broken: its Zstandard data cannot be read up to byte ${taken}: ${firstLine(cause)}`,
        { hint: 'the download or copy did not finish or changed it; get the file again', cause },
      )
    }
  }
  let since = 0
  for await (const chunk of chunks) {
    taken += chunk.length
    for (let at = 0; at < chunk.length; at += SLICE) {
      push(chunk.subarray(at, at + SLICE))
      for (const piece of out) {
        since += piece.length
        if (piece.length > 0) yield asBuffer(piece)
      }
      out = []
      // Nothing here waits for anything, so nothing else would have its turn, a signal to stop among it.
      if (since < TURN) continue
      since = 0
      await othersTurn()
    }
  }
  push(new Uint8Array(0), true)
  for (const piece of out) if (piece.length > 0) yield asBuffer(piece)
}
