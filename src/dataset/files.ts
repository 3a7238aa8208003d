import { createHash } from 'node:crypto'
import { open, stat } from 'node:fs/promises'
import path from 'node:path'
import { AssayError, nearest } from '../errors.ts'
import { pointerHint } from './pointers.ts'

export { fileRead } from './reads.ts'

/** The file's size in bytes; an AssayError that names the path, the nearest file and the folder when it can't be read. */
export async function sizeOf(file: string): Promise<number> {
  try {
    const found = await stat(file)
    if (found.isDirectory()) throw new AssayError('unreadable-file', `${shown(file)} is a folder, not a file`)
    return found.size
  } catch (error) {
    if (error instanceof AssayError) throw error
    throw await missingFile(file, error)
  }
}

async function missingFile(file: string, cause: unknown): Promise<AssayError> {
  const { readdir } = await import('node:fs/promises')
  const folder = path.dirname(path.resolve(file))
  const siblings = await readdir(folder).catch(() => undefined)
  if (!siblings)
    return new AssayError(
      'missing-file',
      `there is no file ${shown(file)}: its folder ${shown(folder)} does not exist`,
      { cause },
    )
  const near = nearest(path.basename(file), siblings)
  const hint = pointerHint(file) ?? (near && `did you mean ${shown(path.join(path.dirname(file), near))}?`)
  const looked = path.isAbsolute(file) ? '' : ` (looked in ${shown(folder)})`
  return new AssayError('missing-file', `there is no file ${shown(file)}${looked}`, {
    cause,
    ...(hint ? { hint } : {}),
  })
}

const shown = (file: string): string => JSON.stringify(file)

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

/** A path in which the characters of globs stand for themselves. */
export function literalPath(file: string): string {
  return path.resolve(file).replace(/[[*?]/g, (character) => `[${character}]`)
}
