import { createHash } from 'node:crypto'
import { mkdirSync, unlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/**
 * Whether the rows of files were asked for again in an earlier run, in which case they are held from the first question on.
 * That is known for one run: who asks again says so anew. Nothing is known where the plugin names no folder (`ASSAY_ASKED`).
 */
export function wereAskedAgain(files: readonly string[]): boolean {
  return withFileOf(files, unlinkSync)
}

/** Says for the next run that the rows of files were asked for again. */
export function keepAskedAgain(files: readonly string[]): void {
  withFileOf(files, (file) => {
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, '')
  })
}

/** What is done with the file that stands for others, by a hash of their names; false where it cannot be. */
function withFileOf(files: readonly string[], work: (file: string) => void): boolean {
  const folder = process.env.ASSAY_ASKED
  if (!folder || files.length === 0) return false
  try {
    work(path.join(folder, createHash('sha256').update(JSON.stringify(files)).digest('hex')))
    return true
  } catch {
    return false
  }
}
