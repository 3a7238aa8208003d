import { stat } from 'node:fs/promises'
import { fileHead } from './bytes.ts'
import { isCompressed } from './decompress.ts'

/** How many times more a compressed file holds, at a guess. */
export const PACKED = 10

/** How many bytes files hold, at a guess where they are compressed; infinitely many where one of them cannot be looked at. */
export async function unpackedBytes(paths: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    paths.map(async (file) => {
      try {
        const { size } = await stat(file)
        return isPacked(await fileHead(file, 4)) ? PACKED * size : size
      } catch {
        return Number.POSITIVE_INFINITY
      }
    }),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** Zip archives are workbooks. */
const isPacked = (head: Uint8Array): boolean =>
  isCompressed(head) || (head[0] === 0x50 && head[1] === 0x4b && head[2] === 0x03 && head[3] === 0x04)
