import { AssayError } from '../errors.ts'
import { numberText } from '../words/text/numbers.ts'

/** The most columns of a table: the engine holds some thousand values of each at a time. */
export const MOST_COLUMNS = 100_000

/** Throws an AssayError for more columns than a table may have. `of` says what has them. */
export function checkColumnCount(count: number, of: string): void {
  if (count <= MOST_COLUMNS) return
  throw new AssayError(
    'unreadable-file',
    `${of} has more than ${numberText(MOST_COLUMNS)} columns: ${numberText(count)}`,
    { hint: 'is this a table? Measurements in so many columns are rows of a longer one' },
  )
}

/** Names become columns of one table: each is there, holds no NUL, and differs from the others by more than case. */
export function checkColumnNames(names: readonly string[], of: string): void {
  checkColumnCount(names.length, of)
  const seen = new Map<string, number>()
  names.forEach((name, i) => {
    if (name === '') {
      throw new AssayError('unsupported-source', `column ${i + 1} of ${of} has no name`, { hint: 'name it' })
    }
    if (name.includes('\0')) {
      throw new AssayError('unsupported-source', `the column name ${JSON.stringify(name)} holds a NUL character`, {
        hint: 'rename it',
      })
    }
    const before = seen.get(name.toLowerCase())
    if (before !== undefined) {
      throw new AssayError(
        'unsupported-source',
        `column ${i + 1} of ${of} is called ${JSON.stringify(name)}, and so is column ${before + 1} (${JSON.stringify(names[before])})`,
        { hint: 'names differ by more than case: rename one of them' },
      )
    }
    seen.set(name.toLowerCase(), i)
  })
}
