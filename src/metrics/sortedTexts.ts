/** Characters from which on the order of JavaScript, by halves of characters, is not that of code points. */
const LATE = /[\ud800-\uffff]/

/** Texts in the order of engines: by code points. */
export function sortedTexts(texts: readonly string[]): readonly string[] {
  if (!texts.some((text) => LATE.test(text))) return texts.toSorted()
  return texts.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
}
