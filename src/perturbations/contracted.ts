import { contractionTable } from './contractionTable.ts'
import { likeCase, onText, wordsOf } from './define.ts'
import type { Perturbation } from './perturbation.ts'

const shorter = new Map(
  contractionTable.filter(({ only }) => only !== 'long').map(({ short, long }) => [long.toLowerCase(), short]),
)

/** Writes what can be shortened as contractions: `is not` as `isn't`, `it is good` as `it's good` but not `I know what it is`. */
export function contracted(): Perturbation {
  const pattern = wordsOf([...shorter.keys()], 'giu')
  return onText({
    name: 'contractions',
    change(text) {
      const curly = text.includes('’') && !text.includes("'")
      return text.replace(pattern, (words, at: number) => {
        const small = words.toLowerCase()
        const end = at + words.length
        if (!small.endsWith('not') && !/^\s+[\p{L}\p{N}]/u.test(text.slice(end, end + 20))) return words
        const short = likeCase(shorter.get(small) ?? words, words)
        return curly ? short.replace("'", '’') : short
      })
    },
  })
}
