import { AssayError, textOf } from '../errors.ts'

/** Throws an AssayError for repeats that are no whole number from 1. */
export function checkedRepeats(repeats: unknown, asker: string): void {
  if (repeats !== undefined && !(typeof repeats === 'number' && Number.isInteger(repeats) && repeats >= 1))
    throw new AssayError('wrong-argument', `${asker} got repeats: ${textOf(repeats)}`, {
      hint: 'repeats is how often each case is asked: a whole number from 1',
    })
}
