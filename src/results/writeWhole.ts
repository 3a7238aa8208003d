import { mkdir, realpath, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

let files = 0

/** Writes beside the file and renames, so that a reader sees the old text or the new one, never half of it. */
export async function writeWhole(file: string, text: string): Promise<void> {
  await writeTogether([{ file, text }])
}

/** Writes files that belong together: all of them beside the old ones before any is replaced, so that a full disk changes none. */
export async function writeTogether(texts: readonly { readonly file: string; readonly text: string }[]): Promise<void> {
  const written: { temporary: string; target: string }[] = []
  try {
    for (const { file, text } of texts) {
      await mkdir(path.dirname(file), { recursive: true })
      // A link stays a link: what it points to is replaced.
      const target = await realpath(file).catch(() => file)
      const temporary = `${target}.${process.pid}.${++files}.tmp`
      written.push({ temporary, target })
      await writeFile(temporary, text)
    }
    for (const { temporary, target } of written) await rename(temporary, target)
  } catch (cause) {
    for (const { temporary } of written) await rm(temporary, { force: true }).catch(() => {})
    throw cause
  }
}
