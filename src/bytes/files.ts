import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import path from 'node:path'
import { sizeOf } from './regularFile.ts'

export { fileRead } from './reads.ts'
export { sizeOf } from './regularFile.ts'

const WHOLE = 32 * 1024 ** 2
const BLOCK = 64 * 1024
const BLOCKS = 64

/**
 * A fingerprint of a file's content: `sha256:` of all bytes up to 32 MB, above that `sampled:` of the size and 64
 * blocks of 64 KB spread over the file.
 */
export async function fileFingerprint(file: string): Promise<string> {
  const size = await sizeOf(file)
  const hash = createHash('sha256')
  const handle = await open(file, 'r')
  try {
    if (size <= WHOLE) hash.update(await handle.readFile())
    else {
      hash.update(String(size))
      const buffer = Buffer.alloc(BLOCK)
      for (let i = 0; i < BLOCKS; i++) {
        const position = Math.floor((i * (size - BLOCK)) / (BLOCKS - 1))
        const { bytesRead } = await handle.read(buffer, 0, BLOCK, position)
        hash.update(buffer.subarray(0, bytesRead))
      }
    }
  } finally {
    await handle.close()
  }
  return `${size <= WHOLE ? 'sha256' : 'sampled'}:${hash.digest('hex').slice(0, 32)}`
}

/**
 * A path in which the characters of globs stand for themselves, and which is the same file in any process: the engine may
 * live in another one.
 */
export function literalPath(file: string): string {
  const whole = path.resolve(file)
  const place =
    process.platform === 'linux' ? whole.replace(/^\/(?:dev|proc\/self)\/fd\//, `/proc/${process.pid}/fd/`) : whole
  return place.replace(/[[*?]/g, (character) => `[${character}]`)
}
