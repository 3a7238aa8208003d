import type { Column } from '../engine/engine.ts'
import { wrongType } from './wrongType.ts'

/** Refuses a column that holds no text: a question about letters says nothing of it. */
export function checkText(column: Column): void {
  if (column.type === 'string') return
  throw wrongType(
    column,
    'not text',
    'use valuesBetween or valuesIn; a text file reads a column as text with dataset(…, { types: { … } })',
  )
}
