import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { makeFolder } from '../src/bytes/folders.ts'

let written = 0

/**
 * Writes files that belong together: all of them beside the old ones before any is replaced, so that a full disk changes
 * none. At once, since the last word on a run is said while its process exits.
 */
export function writeTogether(texts: readonly { readonly file: string; readonly text: string }[]): void {
  const beside: { temporary: string; target: string }[] = []
  try {
    for (const { file, text } of texts) {
      makeFolder(path.dirname(file))
      // A link stays a link: what it points to is replaced.
      const target = statSync(file, { throwIfNoEntry: false }) ? realpathSync(file) : file
      const temporary = `${target}.${process.pid}.${++written}.tmp`
      beside.push({ temporary, target })
      writeFileSync(temporary, text)
    }
    for (const { temporary, target } of beside) renameSync(temporary, target)
  } catch (cause) {
    for (const { temporary } of beside) rmSync(temporary, { force: true })
    throw cause
  }
}
