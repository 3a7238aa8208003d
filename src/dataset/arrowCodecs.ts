import type { CompressionType, compressionRegistry } from 'apache-arrow'

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
      decode: (data) => aligned(decompressFrameSync(Buffer.from(data.buffer, data.byteOffset, data.byteLength))),
    })
  }
  if (!registry.get(type.ZSTD)) {
    const unpack = await zstd()
    registry.set(type.ZSTD, { decode: (data) => aligned(unpack(data)) })
  }
}

/** Node's own from 22.15 on; before that zstd itself, compiled to WebAssembly. */
async function zstd(): Promise<(data: Uint8Array) => Uint8Array> {
  const zlib = (await import('node:zlib')) as { zstdDecompressSync?: (data: Uint8Array) => Uint8Array }
  if (zlib.zstdDecompressSync) return zlib.zstdDecompressSync
  const { ZSTDDecoder } = await import('zstddec')
  const decoder = new ZSTDDecoder()
  await decoder.init()
  return (data) => decoder.decode(data)
}

/** Arrow lays 8-byte numbers over the bytes as they are. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes)
}
