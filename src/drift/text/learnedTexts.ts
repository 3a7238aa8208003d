import type { SparseRows } from '../../stats/linearClassifier.ts'
import { type Bags, textsWith } from './bags.ts'
import { sumOf } from '../../stats/sumOf.ts'

/** Words that a classifier looks at. */
const MOST_WORDS = 20_000

/** How texts are written, whatever their words are. */
const manners: Readonly<Record<string, (text: string) => number>> = {
  length: (text) => Math.log1p(text.length),
  'upper case': (text) => shareOf(text, /\p{Lu}/gu),
  digits: (text) => shareOf(text, /\p{N}/gu),
  punctuation: (text) => shareOf(text, /[\p{P}\p{S}]/gu),
  'other than ASCII': (text) => shareOf(text, /[^\0-\x7f]/gu),
}

const shareOf = (text: string, of: RegExp): number => (text.match(of)?.length ?? 0) / Math.max(1, text.length)

/** Texts as rows to learn from: words that two of them have, by how rare they are (TF-IDF, of length 1), and their manner. */
export function learnedTexts(
  texts: readonly string[],
  { words, here, there }: Bags,
): { readonly rows: SparseRows; readonly names: readonly string[] } {
  const counts = [here, there].map((bag) => textsWith(bag, words.length)) as [Uint32Array, Uint32Array]
  const held = Uint32Array.from(words, (_, word) => (counts[0][word] as number) + (counts[1][word] as number))
  const kept = [...held.keys()]
    .filter((word) => (held[word] as number) > 1)
    .sort((a, b) => (held[b] as number) - (held[a] as number) || ((words[a] as string) < (words[b] as string) ? -1 : 1))
    .slice(0, MOST_WORDS)
  const places = new Map(kept.map((word, i) => [word, i]))
  const styles = Object.entries(manners).map(([name, of]) => ({ name, values: standardized(texts.map(of)) }))
  const columns: number[] = []
  const values: number[] = []
  const starts = new Uint32Array(texts.length + 1)
  let row = 0
  for (const { ids, starts: of } of [here, there])
    for (let text = 0; text + 1 < of.length; text++) {
      const own = [...new Set(ids.subarray(of[text], of[text + 1]))].flatMap((word) => places.get(word) ?? [])
      // As always when a word is in every text.
      const weights = own.map(
        (place) => 1 + Math.log((texts.length + 1) / ((held[kept[place] as number] as number) + 1)),
      )
      const norm = Math.hypot(...weights)
      own.forEach((place, i) => {
        columns.push(place)
        values.push((weights[i] as number) / norm)
      })
      styles.forEach((style, i) => {
        columns.push(kept.length + i)
        values.push(style.values[row] as number)
      })
      starts[++row] = columns.length
    }
  return {
    rows: {
      columns: Uint32Array.from(columns),
      values: Float64Array.from(values),
      starts,
      width: kept.length + styles.length,
    },
    names: [
      ...kept.map((word) => JSON.stringify((words[word] as string).slice(0, 60))),
      ...styles.map(({ name }) => name),
    ],
  }
}

/** Numbers with mean 0 and a standard deviation of ½, beside words of which a text of four has as much each. */
function standardized(numbers: readonly number[]): readonly number[] {
  const mean = sumOf(numbers) / numbers.length
  const deviation = Math.sqrt(numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / numbers.length)
  return numbers.map((value) => (deviation > 1e-12 ? (value - mean) / (2 * deviation) : 0))
}
