import { readFileSync } from 'node:fs'
import { AssayError } from '../errors.ts'
import { fileRead } from './reads.ts'
import { sizeOfSync } from './regularFile.ts'

/** The most bytes of a file that is read whole and at once: cases, predictions, schemas. */
const SMALL = 256 * 1024 ** 2

/**
 * The text of a small file, read whole and at once, without its byte order mark. `what` says what it should be. Throws an
 * AssayError when there is no such file, nothing in it, or too much.
 */
export function smallText(file: string, what: string): string {
  fileRead(file)
  checkSmall(file, what, sizeOfSync(file, what))
  const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  if (text.trim() === '') throw new AssayError('empty-file', `the ${what} ${JSON.stringify(file)} is empty`)
  return text
}

/** Throws an AssayError for more bytes than a file that is read whole may have. */
export function checkSmall(file: string, what: string, bytes: number): void {
  if (bytes <= SMALL) return
  const [size, most] = [bytes, SMALL].map((one) => `${Math.round(one / 1024 ** 2)} MB`)
  throw new AssayError(
    'unreadable-file',
    `the ${what} ${JSON.stringify(file)} is ${size} long, and it is read whole: at most ${most} are`,
    {
      hint: 'is this the right file? Data of any size opens with dataset()',
    },
  )
}
