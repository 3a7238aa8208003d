import { AssayError } from '../errors.ts'
import { numberText } from '../words/text/numbers.ts'

/** The most columns of a table: the engine holds some thousand values of each at a time. */
const MOST_COLUMNS = 100_000

/** Throws an AssayError for more columns than a table may have. `of` says what has them. */
export function checkColumnCount(count: number, of: string): void {
  if (count <= MOST_COLUMNS) return
  throw new AssayError(
    'unreadable-file',
    `${of} has more than ${numberText(MOST_COLUMNS)} columns: ${numberText(count)}`,
    { hint: 'is this a table? Measurements in so many columns are rows of a longer one' },
  )
}
