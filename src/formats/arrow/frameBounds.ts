import { ZstdFrames } from '../../bytes/zstdFrames.ts'

/** The most bytes that Zstandard frames unpack to; 0 for what is no frame, which the decompressor refuses. */
export function zstdBound(bytes: Uint8Array): number {
  const frames = new ZstdFrames('a buffer', Number.POSITIVE_INFINITY)
  frames.check(bytes)
  return frames.bound
}

const UNCOMPRESSED = 0x80000000

/** The most bytes that LZ4 frames unpack to, by the headers of their blocks; 0 for what is no frame. */
export function lz4Bound(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let bound = 0
  let at = 0
  while (at + 7 <= bytes.length && view.getUint32(at, true) === 0x184d2204) {
    const flags = view.getUint8(at + 4)
    const largest = 2 ** (8 + 2 * ((view.getUint8(at + 5) >> 4) & 7))
    at += 7 + ((flags & 8) !== 0 ? 8 : 0) + ((flags & 1) !== 0 ? 4 : 0)
    for (;;) {
      if (at + 4 > bytes.length) return bound
      const size = view.getUint32(at, true)
      at += 4
      if (size === 0) break
      const stored = size % UNCOMPRESSED
      // A byte of the compressed form never stands for more than 255.
      bound += size >= UNCOMPRESSED ? stored : Math.min(largest, 255 * stored)
      at += stored + ((flags & 16) !== 0 ? 4 : 0)
    }
    at += (flags & 4) !== 0 ? 4 : 0
  }
  return bound
}
