import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** How often the rows of files were asked for in an earlier run, which decides whether they are held from the first question on. */
type Asking = 'once' | 'again'

/**
 * What is known of an earlier run; undefined where nothing is, as where the plugin names no folder (`ASSAY_ASKED`). That
 * rows were asked for again is known for one run: who asks again says so anew.
 */
export function askedBefore(files: readonly string[]): Asking | undefined {
  return withFileOf(files, (file) => {
    const before = readFileSync(file, 'utf8') === 'once' ? 'once' : 'again'
    if (before === 'again') unlinkSync(file)
    return before
  })
}

/** Says for the next run how often the rows of files were asked for. */
export function keepAsked(files: readonly string[], asking: Asking): void {
  withFileOf(files, (file) => {
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, asking)
  })
}

/** What is done with the file that stands for others, by a hash of their names; undefined where it cannot be. */
function withFileOf<T>(files: readonly string[], work: (file: string) => T): T | undefined {
  const folder = process.env.ASSAY_ASKED
  if (!folder || files.length === 0) return undefined
  try {
    return work(path.join(folder, createHash('sha256').update(JSON.stringify(files)).digest('hex')))
  } catch {
    return undefined
  }
}
