import { realpath, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { makeFolder } from '../bytes/folders.ts'

let files = 0

/** Writes beside the file and renames, so that a reader sees the old text or the new one, never half of it. */
export async function writeWhole(file: string, text: string): Promise<void> {
  makeFolder(path.dirname(file))
  // A link stays a link: what it points to is replaced.
  const target = await realpath(file).catch(() => file)
  const temporary = `${target}.${process.pid}.${++files}.tmp`
  try {
    await writeFile(temporary, text)
    await rename(temporary, target)
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {})
    throw cause
  }
}
