import { normalQuantile } from '../../stats/normalQuantile.ts'
import { unseenWords, type WordTally } from '../../stats/unseenWords.ts'
import { numberText, shareText } from '../../words/text/numbers.ts'
import { spreadOf } from '../approximately.ts'
import { type DriftMethod, rowsMethod } from '../drift.ts'
import { type Bag, bagsOf, textsWith, wordless } from '../text/bags.ts'
import { haveTexts, type Texts, textsOf } from '../text/texts.ts'

const SHOWN = 3
/** Texts of a side at least: of fewer nobody can tell how many words a text more would bring. */
const LEAST_TEXTS = 30

/**
 * Words of the current side that the reference never has, as a share of the current side's words, beyond what chance gives:
 * a reference never has all words, and of its own each text would bring some.
 */
export const outOfVocabulary: DriftMethod = rowsMethod<Texts>({
  name: 'outOfVocabulary',
  unit: 'OOV',
  effect: 'share of words that the reference never has, less what a text more of it would bring',
  limit: 0.05,
  most: 1,
  accepts: haveTexts,
  read: textsOf,
  compare(current, reference) {
    const [here, there] = [current.values.read, reference.values.read]
    const [n, m] = [here.texts.length, there.texts.length]
    if (Math.min(n, m) < LEAST_TEXTS)
      return {
        reason: `column ${JSON.stringify(current.column.name)} has ${numberText(n)} texts, ${numberText(m)} in the reference, and words never seen are judged from ${LEAST_TEXTS} of each side on`,
        hint: 'take another method, or name the column in `except`',
      }
    const bags = bagsOf(here.texts, there.texts)
    const none = wordless(current.column.name, bags)
    if (none) return none
    const { words } = bags
    const known = textsWith(bags.there, words.length)
    const { share, expected, over, under } = unseenWords(
      tallyOf(bags.here, (word) => known[word] === 0),
      tallyOf(bags.there, (word) => known[word] === 1),
      pairsIn(bags.there, known),
    )
    const effect = Math.max(0, share - expected)
    const texts = textsWith(bags.here, words.length)
    const fresh = [...texts.keys()].filter((word) => known[word] === 0 && (texts[word] as number) > 0)
    const [most] = [fresh.toSorted((a, b) => (texts[b] as number) - (texts[a] as number) || a - b).slice(0, SHOWN)]
    const named = most.map(
      (word) => `${JSON.stringify((words[word] as string).slice(0, 60))} in ${shareText((texts[word] as number) / n)}`,
    )
    const discreet = `${shareText(share)} of the words never occur in the reference, by chance ${shareText(expected)} would`
    const spread = spreadOf(here.rows, there.rows)
    // What half a point of evidence costs, in the unit of the effect.
    const error = errorOf(under, effect, 0.05) / normalQuantile(0.95)
    return {
      effect,
      over,
      under,
      p: over(0),
      leastDetectable: ({ limit, level }) => Math.min(1, limit + normalQuantile(1 - level) * error),
      spreadToDecide: ({ limit, level }) =>
        (spread * limit) / (error * (normalQuantile(0.9) + normalQuantile(1 - level))),
      moved: named.length === 0 ? discreet : `${discreet}; new to it: ${named.join(', ')} of the texts`,
      discreetlyMoved: discreet,
      charts: [],
    }
  },
})

/** How far over the effect a limit is refuted. */
function errorOf(under: (limit: number) => number, effect: number, level: number): number {
  let [low, high] = [effect, 1]
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2
    if (under(middle) > level) low = middle
    else high = middle
  }
  return Math.max(1e-9, high - effect)
}

function tallyOf({ ids, starts }: Bag, isUnseen: (word: number) => boolean): WordTally {
  const words = new Float64Array(starts.length - 1)
  const unseen = new Float64Array(starts.length - 1)
  for (let text = 0; text < words.length; text++) {
    const [from, to] = [starts[text] as number, starts[text + 1] as number]
    words[text] = to - from
    for (let at = from; at < to; at++) if (isUnseen(ids[at] as number)) unseen[text] = (unseen[text] as number) + 1
  }
  return { words, unseen }
}

function pairsIn({ ids }: Bag, known: Uint32Array): number {
  const counts = new Map<number, number>()
  for (const word of ids) if (known[word] === 2) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts.values()].reduce((sum, count) => sum + (count * count) / 2, 0)
}
