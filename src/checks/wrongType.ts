import type { Column } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'

/** What to ask of text. */
export const FOR_TEXT = 'use valuesIn, valuesMatching or valueLengthBetween for text'

/** The error of a question that says nothing of what a column holds: `not` says what it asks for, e.g. `not numbers`. */
export function wrongType({ name, type, native }: Column, not: string, hint?: string): AssayError {
  return new AssayError(
    'wrong-type',
    `column ${JSON.stringify(name)} holds ${type} values (${native}), ${not}`,
    hint === undefined ? undefined : { hint },
  )
}
