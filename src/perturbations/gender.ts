import { likeCase, onText, wordsOf } from './define.ts'
import type { Perturbation } from './perturbation.ts'

const pairs = [
  ['he', 'she'],
  ['him', 'her'],
  ['his', 'her'],
  ['himself', 'herself'],
  ['man', 'woman'],
  ['men', 'women'],
  ['boy', 'girl'],
  ['boys', 'girls'],
  ['father', 'mother'],
  ['son', 'daughter'],
  ['brother', 'sister'],
  ['husband', 'wife'],
  ['uncle', 'aunt'],
  ['king', 'queen'],
  ['sir', 'madam'],
  ['mr', 'ms'],
  ['male', 'female'],
  ['grandfather', 'grandmother'],
  ['gentleman', 'lady'],
  ['boyfriend', 'girlfriend'],
  ['waiter', 'waitress'],
] as const
const toFemale = new Map<string, string>(pairs)
// "her" is both his and him: the one before a word is his.
const toMale = new Map<string, string>(pairs.filter(([male]) => male !== 'his').map(([male, female]) => [female, male]))

/** Turns words of one gender into those of the other: `he` into `she`, `mother` into `father`. */
export function gender(): Perturbation {
  const pattern = wordsOf([...toFemale.keys(), ...toMale.keys(), 'hers'], 'giu')
  return onText({
    name: 'other gender',
    capability: 'fairness',
    change: (text) =>
      text.replace(pattern, (word, at: number) => {
        const small = word.toLowerCase()
        if (small === 'hers') return likeCase('his', word)
        if (small === 'her' && /^\s+\p{L}/u.test(text.slice(at + 3))) return likeCase('his', word)
        return likeCase(toFemale.get(small) ?? toMale.get(small) ?? word, word)
      }),
  })
}
