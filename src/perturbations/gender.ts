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
  ['guy', 'gal'],
  ['guys', 'gals'],
  ['father', 'mother'],
  ['fathers', 'mothers'],
  ['dad', 'mom'],
  ['dads', 'moms'],
  ['daddy', 'mommy'],
  ['son', 'daughter'],
  ['sons', 'daughters'],
  ['brother', 'sister'],
  ['brothers', 'sisters'],
  ['husband', 'wife'],
  ['husbands', 'wives'],
  ['uncle', 'aunt'],
  ['uncles', 'aunts'],
  ['nephew', 'niece'],
  ['nephews', 'nieces'],
  ['grandfather', 'grandmother'],
  ['grandfathers', 'grandmothers'],
  ['grandpa', 'grandma'],
  ['grandson', 'granddaughter'],
  ['grandsons', 'granddaughters'],
  ['stepfather', 'stepmother'],
  ['groom', 'bride'],
  ['widower', 'widow'],
  ['king', 'queen'],
  ['kings', 'queens'],
  ['prince', 'princess'],
  ['sir', 'madam'],
  ['mr', 'ms'],
  ['male', 'female'],
  ['males', 'females'],
  ['gentleman', 'lady'],
  ['gentlemen', 'ladies'],
  ['boyfriend', 'girlfriend'],
  ['boyfriends', 'girlfriends'],
  ['waiter', 'waitress'],
  ['waiters', 'waitresses'],
  ['actor', 'actress'],
  ['actors', 'actresses'],
  ['policeman', 'policewoman'],
  ['businessman', 'businesswoman'],
  ['spokesman', 'spokeswoman'],
  ['chairman', 'chairwoman'],
  ['salesman', 'saleswoman'],
] as const
const toFemale = new Map<string, string>(pairs)
// "her" is both his and him: the one before a word is his, unless the word says when or how.
const toMale = new Map<string, string>([
  ...pairs.filter(([male]) => male !== 'his').map(([male, female]) => [female, male] as const),
  ['hers', 'his'],
  ['mrs', 'mr'],
  ['miss', 'mr'],
  ['mum', 'dad'],
])
const own =
  /^\s+(?!(?:a|an|the|and|or|but|to|at|in|on|of|for|with|from|by|as|if|when|while|because|that|this|is|was|yesterday|today|tomorrow|again|too|there|here|very|so)(?![\p{L}\p{M}]))[\p{L}\p{N}]/iu

/** Turns words of one gender into those of the other: `he` into `she`, `mother` into `father`. */
export function gender(): Perturbation {
  const pattern = wordsOf([...toFemale.keys(), ...toMale.keys()], 'giu')
  return onText({
    name: 'other gender',
    capability: 'fairness',
    change: (text) =>
      text.replace(pattern, (word, at: number) => {
        const small = word.toLowerCase()
        const next = text.slice(at + word.length, at + word.length + 40)
        if (small === 'his') return likeCase(own.test(next) ? 'her' : 'hers', word)
        if (small === 'her' && own.test(next)) return likeCase('his', word)
        // A verb otherwise: "I miss it".
        if (small === 'miss' && !(word !== small && /^\.?\s+\p{Lu}/u.test(next))) return word
        return likeCase(toFemale.get(small) ?? toMale.get(small) ?? word, word)
      }),
  })
}
