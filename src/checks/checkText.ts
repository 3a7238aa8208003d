import type { Column } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'

/** Refuses a column that holds no text: a question about letters says nothing of it. */
export function checkText({ name, type, native }: Column): void {
  if (type === 'string') return
  throw new AssayError('wrong-type', `column ${JSON.stringify(name)} holds ${type} values (${native}), not text`, {
    hint: 'use valuesBetween or valuesIn; a text file reads a column as text with dataset(…, { types: { … } })',
  })
}
