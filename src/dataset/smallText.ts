import { readFileSync } from 'node:fs'
import path from 'node:path'
import { AssayError, firstLine } from '../errors.ts'
import { fileRead } from './reads.ts'

/**
 * The text of a small file, read whole and at once, without its byte order mark. `what` says what it should be. Throws an
 * AssayError when there is no such file or nothing in it.
 */
export function smallText(file: string, what: string): string {
  fileRead(file)
  const shown = JSON.stringify(file)
  let text: string
  try {
    text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  } catch (cause) {
    throw new AssayError('missing-file', `there is no ${what} ${shown}: ${firstLine(cause)}`, {
      hint: path.isAbsolute(file) ? undefined : `relative paths start at ${process.cwd()}`,
      cause,
    })
  }
  if (text.trim() === '') throw new AssayError('empty-file', `the ${what} ${shown} is empty`)
  return text
}
