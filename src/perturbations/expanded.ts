import { contractionTable } from './contractionTable.ts'
import { likeCase, onText, wordsOf } from './define.ts'
import type { Perturbation } from './perturbation.ts'

const longer = new Map(
  contractionTable.filter(({ only }) => only !== 'short').map(({ short, long }) => [short.toLowerCase(), long]),
)

/** Writes contractions in full: `isn't` as `is not`. Those that may stand for two things (`he's`) stay. */
export function expanded(): Perturbation {
  const pattern = wordsOf(
    [...longer.keys()].flatMap((short) => [short, short.replace("'", '’')]),
    'giu',
  )
  return onText({
    name: 'no contractions',
    change: (text) =>
      text.replace(pattern, (words) => likeCase(longer.get(words.toLowerCase().replace('’', "'")) ?? words, words)),
  })
}
