import { wordsIn } from './text/words.ts'

/** What a cell holds: a number, or anything else as text. */
export type LearnedCell = number | string | null

/** Something that a classifier looks at: a bin for each row. */
export interface Feature {
  /** What it is of a column; absent where it is the value itself. */
  readonly of?: 'length' | 'words'
  readonly bins: Uint8Array
}

/** Bins of numbers, and categories that are told apart; more are for missing values, for the others, and for either infinity. */
const BINS = 32
const [OTHERS, BELOW, ABOVE] = [BINS + 1, BINS + 2, BINS + 3]
/** Words of a column that are looked at. */
const WORDS = 40
/** Texts of fewer words on average are categories or names. */
const LEAST_WORDS = 2

/** What there is to learn from a column: its values, and of text its length and whether it has each of the commonest words. */
export function featuresOf(cells: readonly LearnedCell[]): readonly Feature[] {
  const texts = cells.filter((cell) => typeof cell === 'string')
  const values = { bins: binsOf(cells) }
  if (texts.length === 0) return [values]
  const lengths = cells.map((cell) => (typeof cell === 'string' ? cell.length : null))
  const words = cells.map((cell) => new Set(typeof cell === 'string' ? wordsIn(cell) : []))
  const all = words.reduce((sum, some) => sum + some.size, 0)
  const counts = new Map<string, number>()
  if (all >= LEAST_WORDS * texts.length)
    for (const some of words) for (const word of some) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [
    values,
    { of: 'length', bins: binsOf(lengths) },
    ...commonest(counts, WORDS).map(
      (word): Feature => ({ of: 'words', bins: Uint8Array.from(words, (some) => (some.has(word) ? 1 : 0)) }),
    ),
  ]
}

const commonest = (counts: ReadonlyMap<string, number>, most: number): readonly string[] =>
  [...counts]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([text]) => text)

/** A bin for each cell: 0 without a value, numbers by their order, texts by how common they are. */
function binsOf(cells: readonly LearnedCell[]): Uint8Array {
  const numbers = Float64Array.from(
    cells.filter((cell) => typeof cell === 'number' && Number.isFinite(cell)) as number[],
  ).sort()
  const edges = [
    ...new Set(Array.from({ length: BINS - 1 }, (_, i) => numbers[Math.floor(((i + 1) * numbers.length) / BINS)])),
  ].filter((edge) => edge !== undefined)
  const counts = new Map<string, number>()
  for (const cell of cells) if (typeof cell === 'string') counts.set(cell, (counts.get(cell) ?? 0) + 1)
  const places = new Map(commonest(counts, BINS).map((text, i) => [text, i + 1]))
  return Uint8Array.from(cells, (cell) => {
    if (cell === null) return 0
    if (typeof cell === 'string') return places.get(cell) ?? OTHERS
    if (!Number.isFinite(cell)) return Number.isNaN(cell) ? OTHERS : cell < 0 ? BELOW : ABOVE
    let [low, high] = [0, edges.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((edges[middle] as number) <= cell) low = middle + 1
      else high = middle
    }
    return low + 1
  })
}
