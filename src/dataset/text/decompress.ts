import { AssayError, firstLine } from '../../errors.ts'

/** Bytes, as they come in. */
export type Chunks = AsyncIterable<Uint8Array>

/** The bytes without their compression: gzip or Zstandard, told by how they start. `label` names them in errors. */
export async function* decompressed(chunks: Chunks, label: string): Chunks {
  const { head, all } = await peek(chunks, 4)
  if (head[0] === 0x1f && head[1] === 0x8b) yield* gunzipped(all, label)
  else if (head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd) yield* unzstd(all, label)
  else yield* all
}

/** Whether bytes start as gzip or Zstandard do. */
export function isCompressed(head: Uint8Array): boolean {
  return (
    (head[0] === 0x1f && head[1] === 0x8b) ||
    (head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd)
  )
}

/** The first bytes (at least `count`, unless there are fewer), and all of them again. */
export async function peek(chunks: Chunks, count: number): Promise<{ head: Buffer; all: Chunks }> {
  const iterator = chunks[Symbol.asyncIterator]()
  const first: Uint8Array[] = []
  let size = 0
  while (size < count) {
    const { value, done } = await iterator.next()
    if (done) break
    first.push(value)
    size += value.length
  }
  const head = Buffer.concat(first)
  async function* all(): Chunks {
    if (head.length > 0) yield head
    for (;;) {
      const { value, done } = await iterator.next()
      if (done) return
      yield value
    }
  }
  return { head, all: all() }
}

async function* gunzipped(chunks: Chunks, label: string): Chunks {
  const { createGunzip } = await import('node:zlib')
  const { Readable } = await import('node:stream')
  const gunzip = createGunzip({ chunkSize: 256 * 1024 })
  let given = 0
  let tail = Buffer.alloc(0)
  async function* counted(): Chunks {
    for await (const chunk of chunks) {
      given += chunk.length
      tail = Buffer.from(chunk.subarray(-16))
      yield chunk
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
    if (cause instanceof AssayError) throw cause
    const cut = (cause as NodeJS.ErrnoException).code === 'Z_BUF_ERROR'
    throw new AssayError(
      'unreadable-file',
      cut
        ? `${label} is cut off: its gzip data goes on after byte ${given}, the last one (${bytes} bytes of text before it)`
        : `${label} is broken gzip data near byte ${gunzip.bytesWritten}: ${firstLine(cause)}`,
      { hint: 'the download or copy did not finish or changed it; get the file again', cause },
    )
  }
  // Zeros fill the last block of tapes and archives; anything else after the data would be lost without a word.
  if (gunzip.bytesWritten < given && tail.some((byte) => byte !== 0))
    throw new AssayError(
      'unreadable-file',
      `${label} has ${given - gunzip.bytesWritten} bytes after its gzip data that are no gzip data`,
      { hint: 'get the file again, or cut them off' },
    )
}

async function* unzstd(chunks: Chunks, label: string): Chunks {
  const { Decompress } = await import('fzstd')
  let out: Uint8Array[] = []
  const stream = new Decompress((chunk) => out.push(chunk))
  let given = 0
  try {
    for await (const chunk of chunks) {
      given += chunk.length
      stream.push(chunk)
      yield* out
      out = []
    }
    stream.push(new Uint8Array(0), true)
    yield* out
  } catch (cause) {
    if (cause instanceof AssayError) throw cause
    throw new AssayError(
      'unreadable-file',
      `${label} is cut off or broken: its Zstandard data cannot be read up to byte ${given}: ${firstLine(cause)}`,
      { hint: 'the download or copy did not finish or changed it; get the file again', cause },
    )
  }
}
