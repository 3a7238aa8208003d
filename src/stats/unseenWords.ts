import { betaI } from './beta.ts'
import { sumOf } from './sumOf.ts'

/** What a text holds: its words, and those of them that are not in the reference. */
export interface WordTally {
  readonly words: Float64Array
  readonly unseen: Float64Array
}

/** The share of words that a reference never had, beside what chance gives. */
export interface UnseenWords {
  /** Of the current side's words. */
  readonly share: number
  /** Of the reference's own words those that no other of its texts has: what a text more would bring. */
  readonly expected: number
  /** p of "the share is at most `limit` over what chance gives", and of "it is at least that". */
  over(limit: number): number
  under(limit: number): number
}

/**
 * The share of the words of new texts that a reference has not, less the share of its own words that occur in one text
 * alone: Good and Turing's estimate of what a text more of the same population brings, each text left out in turn (Good
 * 1953). Words of a text come together, so that texts are what is counted: variances are those of ratios over texts, that of
 * the estimate with what pairs of texts share (Esty 1983), and tails those of a binomial of as many independent words
 * (Korn and Graubard 1998). `pairs` are the words that occur in two texts of the reference alone, squared and halved.
 * Approximate. NaN without words on a side.
 */
export function unseenWords(current: WordTally, reference: WordTally, pairs: number): UnseenWords {
  const [here, there] = [ratioOf(current), ratioOf(reference)]
  const [share, expected] = [here.ratio, there.ratio]
  const own = there.variance + pairs / there.words ** 2
  const trials = (at: number) => {
    const spread = Math.max(at * (1 - at), 1e-12)
    return 1 / (here.design / here.words + own / spread)
  }
  const tail = (limit: number, more: boolean) => {
    const at = expected + limit
    if (at >= 1) return 0
    const n = trials(at)
    const seen = share * n
    // P(X >= k) is I_p(k, n - k + 1).
    return more ? betaI(seen, n - seen + 1, at) : 1 - betaI(seen + 1, Math.max(1e-9, n - seen), at)
  }
  return {
    share,
    expected,
    over: (limit) => (share <= expected + limit ? 1 : tail(limit, true)),
    under: (limit) => (share >= expected + limit ? 1 : tail(limit, false)),
  }
}

/** A ratio of sums over texts with its variance, and how many words weigh as an independent one. */
function ratioOf({ words, unseen }: WordTally) {
  const [all, some] = [words, unseen].map((list) => sumOf(list)) as [number, number]
  const ratio = some / all
  let [square, texts, held] = [0, 0, 0]
  words.forEach((count, i) => {
    if (count === 0) return
    texts++
    if ((unseen[i] as number) > 0) held++
    square += ((unseen[i] as number) - ratio * count) ** 2
  })
  const variance = texts < 2 ? Number.POSITIVE_INFINITY : (square * texts) / (texts - 1) / all ** 2
  const binomial = (ratio * (1 - ratio)) / all
  // Few texts with such words say little of how they come together: at worst all of a text.
  const [seen, worst] = [binomial > 0 ? Math.max(1, variance / binomial) : 1, all / Math.max(1, texts)]
  const design = Math.max(1, (held * seen + 2 * worst) / (held + 2))
  return { ratio, words: all, variance, design }
}
