/**
 * The words of a text, in lower case: runs of letters, marks and digits. Of scripts that are written without spaces (Han,
 * Kana, Thai, Lao, Khmer, Burmese) each character is one.
 */
export const wordsIn = (text: string): readonly string[] => text.toLowerCase().match(WORD) ?? []

const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}'
const WORD = new RegExp(`[${UNSPACED}]\\p{M}*|(?:(?![${UNSPACED}])[\\p{L}\\p{M}\\p{N}])+`, 'gu')
