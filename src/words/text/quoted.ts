/** Texts in quotes, as a list in a sentence has them: `"id", "day"`; '' for none. */
export const quoted = (texts: readonly string[]): string => texts.map((text) => JSON.stringify(text)).join(', ')
