import { AssayError } from '../errors.ts'

/** Names become columns of one table: each is there, holds no NUL, and differs from the others by more than case. */
export function checkColumnNames(names: readonly string[], of: string): void {
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
