import { contractionTable } from './contractionTable.ts'
import { likeCase, onText, wordsOf } from './define.ts'
import type { Perturbation } from './perturbation.ts'

const other = new Map(contractionTable.map((pair) => [pair[0].toLowerCase(), pair[1]]))

/** Writes contractions in full: `isn't` as `is not`. */
export function expanded(): Perturbation {
  const pattern = wordsOf([...other.keys()], 'giu')
  return onText({
    name: 'no contractions',
    change: (text) =>
      text
        .replaceAll('’', "'")
        .replace(pattern, (words) => likeCase(other.get(words.toLowerCase()) ?? words, words[0] ?? '')),
  })
}
