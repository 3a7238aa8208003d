import type { Column } from '../engine/engine.ts'
import { discreetTypeWords, typeWords } from '../engine/typeWords.ts'
import { AssayError } from '../errors.ts'

/** What to ask of text. */
export const FOR_TEXT = 'use valuesIn, valuesMatching or valueLengthBetween for text'

/** The error of a question that says nothing of what a column holds: `not` says what it asks for, e.g. `not numbers`. */
export function wrongType(column: Column, not: string, hint?: string): AssayError {
  const holding = (words: string): string => `column ${JSON.stringify(column.name)} holds ${words}, ${not}`
  return new AssayError('wrong-type', holding(typeWords(column)), {
    hint,
    discreet: holding(discreetTypeWords(column)),
  })
}
