/**
 * The kinds of checks for which JSON Schema has words of a column, and those words: what spells a check in a schema is
 * what a broken one takes out of it.
 */
export const keywordsOf = {
  valuesOfType: ['type', 'nullable', 'format'],
  valuesBetween: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
  valueLengthBetween: ['minLength', 'maxLength'],
  valuesMatching: ['pattern'],
  valuesIn: ['enum', 'const'],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** The words of a kind; undefined for one that is spelled otherwise. */
export function spellingOf(kind: string): readonly string[] | undefined {
  return Object.hasOwn(keywordsOf, kind) ? keywordsOf[kind as keyof typeof keywordsOf] : undefined
}
