import { contractionTable } from './contractionTable.ts'
import { likeCase, onText, wordsOf } from './define.ts'
import type { Perturbation } from './perturbation.ts'

const other = new Map(contractionTable.map((pair) => [pair[1].toLowerCase(), pair[0]]))

/** Writes what can be shortened as contractions: `is not` as `isn't`. */
export function contracted(): Perturbation {
  const pattern = wordsOf([...other.keys()], 'giu')
  return onText({
    name: 'contractions',
    change: (text) =>
      text
        .replaceAll('’', "'")
        .replace(pattern, (words) => likeCase(other.get(words.toLowerCase()) ?? words, words[0] ?? '')),
  })
}
