import {
  changedAnywhere,
  MISSED,
  noneChangedInBox,
  someChangedBy,
  spreadForLargestShare,
} from '../../stats/largestShare.ts'
import { normalQuantile } from '../../stats/normalQuantile.ts'
import type { Category } from '../categoryTable.ts'
import { MOST_BINS } from '../charts.ts'
import { type DriftMethod, rowsMethod } from '../drift.ts'
import { categoriesMoved } from '../moved.ts'
import { bagsOf, textsWith, wordless } from '../text/bags.ts'
import { haveTexts, type Texts, textsOf } from '../text/texts.ts'

/** Words whose shares vary alike, to this factor, are tested by the one that varies most. */
const ALIKE = 0.7
/** Words that a message names. */
const SHOWN = 3

/**
 * The words of texts: the largest change of the share of texts that hold a word. A text is one draw however often it holds
 * the word, so bounds are those of two binomial shares, as of `largestShare`; a text may hold many words, which the sum over
 * the words in `over` allows for: about, since words that vary alike are tested by one of them. Missing texts are none.
 */
export const vocabulary: DriftMethod = rowsMethod<Texts>({
  name: 'vocabulary',
  unit: 'L∞ (words)',
  effect: 'largest change of the share of texts that hold a word',
  limit: 0.1,
  most: 1,
  accepts: haveTexts,
  read: textsOf,
  compare(current, reference) {
    const [here, there] = [current.values.read, reference.values.read]
    const bags = bagsOf(here.texts, there.texts)
    const none = wordless(current.column.name, bags)
    if (none) return none
    const { words } = bags
    const [mine, theirs] = [textsWith(bags.here, words.length), textsWith(bags.there, words.length)]
    const sizes = { n: here.texts.length, m: there.texts.length }
    const places = Uint32Array.from(words, (_, word) => word)
    const groups = alike(
      Array.from(places, (word) => [mine[word] as number, theirs[word] as number] as const),
      sizes,
    )
    const counts = groups.map(({ most }) => most)
    const change = (word: number) => Math.abs((mine[word] as number) / sizes.n - (theirs[word] as number) / sizes.m)
    const changed = places.sort((a, b) => change(b) - change(a) || a - b)
    const effect = change(changed[0] as number)
    const over = (limit: number) => {
      if (effect <= limit) return 1
      const anywhere = words.length * changedAnywhere(sizes, effect, limit)
      if (anywhere <= MISSED) return anywhere
      const tail = ({ most, words: many }: Group) => many * (noneChangedInBox([most], sizes, effect, limit) - MISSED)
      return Math.min(1, MISSED + groups.reduce((sum, group) => sum + tail(group), 0))
    }
    const spread = Math.sqrt(1 / sizes.n + 1 / sizes.m) / 2
    const table = Array.from(changed.subarray(0, MOST_BINS), (word): Category => {
      const text = words[word] as string
      const label = text.length > 60 ? `${text.slice(0, 59)}…` : text
      return { name: JSON.stringify(label), label, current: mine[word] as number, reference: theirs[word] as number }
    })
    const moved = (secret: boolean) =>
      categoriesMoved(table.slice(0, SHOWN), secret, { sizes })
        .replaceAll('a category', 'a word')
        .replace(/^(?=.)/, 'texts with ')
    return {
      effect,
      over,
      under: (limit) => someChangedBy(counts, sizes, effect, limit),
      p: over(0),
      leastDetectable: ({ limit, level }) => Math.min(1, limit + normalQuantile(1 - level / words.length) * spread),
      spreadToDecide: ({ limit, level }) => spreadForLargestShare(counts, sizes, limit, level),
      moved: moved(false),
      discreetlyMoved: moved(true),
      about: 'word',
      charted: [
        { rows: sizes.n, missing: 0 },
        { rows: sizes.m, missing: 0 },
      ],
      charts: [
        {
          kind: 'distributions',
          type: 'categories',
          labels: table.map(({ label }) => label),
          current: table.map((one) => one.current),
          reference: table.map((one) => one.reference),
        },
      ],
    }
  },
})

interface Group {
  /** The rows of the word that varies most. */
  readonly most: Rows
  readonly words: number
}
type Rows = readonly [here: number, there: number]

/** Words by how much their shares vary, `share (1 - share)`. */
function alike(counts: readonly Rows[], { n, m }: { readonly n: number; readonly m: number }): readonly Group[] {
  const groups = new Map<number, { most: Rows; words: number; variance: number }>()
  for (const rows of counts) {
    const share = (rows[0] + rows[1]) / (n + m)
    const variance = Math.max(share * (1 - share), 1e-12)
    const place = Math.floor(Math.log(variance) / Math.log(ALIKE))
    const group = groups.get(place)
    if (!group) groups.set(place, { most: rows, words: 1, variance })
    else {
      group.words++
      if (variance > group.variance) [group.most, group.variance] = [rows, variance]
    }
  }
  return [...groups.values()]
}
