import { AsyncLocalStorage } from 'node:async_hooks'
import type { CompressionType, compressionRegistry } from 'apache-arrow'
import { workerMemory } from '../../engine/memory.ts'
import { AssayError } from '../../errors.ts'
import { numberText } from '../../words/text/numbers.ts'
import { lz4Bound, zstdBound } from './frameBounds.ts'

interface Registry {
  readonly compressionRegistry: typeof compressionRegistry
  readonly CompressionType: typeof CompressionType
}

/** Teaches Arrow to read LZ4 frames and Zstandard, which pyarrow and pandas write; codecs that are there already stay. */
export async function addArrowCodecs({
  compressionRegistry: registry,
  CompressionType: type,
}: Registry): Promise<void> {
  if (!registry.get(type.LZ4_FRAME)) {
    const { decompressFrameSync } = await import('lz4-napi')
    registry.set(type.LZ4_FRAME, {
      decode: (data) => {
        spend(lz4Bound(data))
        return aligned(decompressFrameSync(Buffer.from(data.buffer, data.byteOffset, data.byteLength)))
      },
    })
  }
  if (!registry.get(type.ZSTD)) {
    const unpack = await zstd()
    registry.set(type.ZSTD, {
      decode: (data) => {
        const most = zstdBound(data)
        spend(most)
        return aligned(unpack(data, most))
      },
    })
  }
}

/** The share of the memory of a worker that a batch may take, and the least that each gets, in bytes. */
const SHARE = 1 / 8
const LEAST = 256 * 1024 ** 2
/** The largest buffer that WebAssembly unpacks, in bytes. */
const LARGEST = 2 ** 30
const batches = new AsyncLocalStorage<{ left: number; readonly all: number }>()

/** Reads a batch, whose values are unpacked all at once. Throws an AssayError where they would take too much memory. */
export function withinMemory<T>(read: () => Promise<T>): Promise<T> {
  const all = Math.max(LEAST, SHARE * workerMemory())
  return batches.run({ left: all, all }, read)
}

function spend(bytes: number): void {
  const budget = batches.getStore()
  if (!budget) return
  budget.left -= bytes
  if (budget.left >= 0) return
  throw new AssayError(
    'unreadable-file',
    `a batch of the Arrow data unpacks to more than ${numberText(Math.floor(budget.all / 1024 ** 2))} MB, which is what it may take of this process's memory`,
    { hint: 'write it in smaller batches, or as Parquet' },
  )
}

/** Node's own from 22.15 on; before that zstd itself, compiled to WebAssembly. */
async function zstd(): Promise<(data: Uint8Array, most: number) => Uint8Array> {
  const zlib = (await import('node:zlib')) as { zstdDecompressSync?: (data: Uint8Array) => Uint8Array }
  const { zstdDecompressSync } = zlib
  if (zstdDecompressSync) return (data) => zstdDecompressSync(data)
  const { ZSTDDecoder } = await import('zstddec')
  const decoder = new ZSTDDecoder()
  await decoder.init()
  return (data, most) => {
    if (most > LARGEST) throw new RangeError(`a buffer unpacks to ${numberText(most)} bytes`)
    // Told no size it reads nothing of frames whose header says none.
    const unpacked = decoder.decode(data, most)
    // Its own errors are lengths below 0.
    if (most > 0 && unpacked.length === 0) throw new RangeError('its Zstandard data is broken')
    return unpacked
  }
}

/** Arrow lays 8-byte numbers over the bytes as they are. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes)
}
