import type { Relation } from '../engine/engine.ts'
import { isHeldAsText } from './cell.ts'

const markers = [
  'na',
  'n/a',
  '#n/a',
  '#na',
  'n.a.',
  'null',
  'none',
  'nil',
  '\\n',
  '-',
  '--',
  '.',
  '?',
  'nan',
  'missing',
]

/** Whether a text is what people and programs write for a missing value: `NA`, `n/a`, `NULL`, `\N`, `-`, or only blanks. */
export function isMissingMarker(text: string): boolean {
  const bare = text.trim().toLowerCase()
  return bare === '' || markers.includes(bare)
}

/** The option that reads texts as missing values, to be written out; a text file's own empty cell stays one. */
export function missingOption(texts: readonly string[], { columns }: Pick<Relation, 'columns'>): string {
  const all = [...new Set([...(columns.some(isHeldAsText) ? [''] : []), ...texts])]
  return `dataset(…, { missing: [${all.map(quoted).join(', ')}] })`
}

/** A text as a literal of TypeScript. */
const quoted = (text: string): string =>
  /^[^'"\\\p{Cc}\p{Cf}\u2028\u2029]*$/u.test(text) ? `'${text}'` : JSON.stringify(text)
