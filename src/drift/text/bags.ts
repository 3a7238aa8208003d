import { wordsIn } from './words.ts'

/** The words of texts, each by its place among all words. */
export interface Bag {
  readonly ids: Uint32Array
  /** Where the words of each text begin in `ids`, and where the last text's end. */
  readonly starts: Uint32Array
}

/** The texts of both sides as words of one list. */
export interface Bags {
  readonly words: readonly string[]
  readonly here: Bag
  readonly there: Bag
}

export function bagsOf(here: readonly string[], there: readonly string[]): Bags {
  const places = new Map<string, number>()
  const bag = (texts: readonly string[]): Bag => {
    const ids: number[] = []
    const starts = new Uint32Array(texts.length + 1)
    texts.forEach((text, i) => {
      for (const word of wordsIn(text)) {
        let place = places.get(word)
        if (place === undefined) places.set(word, (place = places.size))
        ids.push(place)
      }
      starts[i + 1] = ids.length
    })
    return { ids: Uint32Array.from(ids), starts }
  }
  const [mine, theirs] = [bag(here), bag(there)]
  return { words: [...places.keys()], here: mine, there: theirs }
}

/** In how many texts each word occurs. */
export function textsWith({ ids, starts }: Bag, words: number): Uint32Array {
  const counts = new Uint32Array(words)
  const last = new Uint32Array(words)
  for (let text = 0; text + 1 < starts.length; text++)
    for (let at = starts[text] as number; at < (starts[text + 1] as number); at++) {
      const word = ids[at] as number
      if (last[word] === text + 1) continue
      last[word] = text + 1
      counts[word] = (counts[word] as number) + 1
    }
  return counts
}

/** Whether a side has no word at all, and which. */
export const wordless = (column: string, { here, there }: Bags) =>
  here.ids.length > 0 && there.ids.length > 0
    ? undefined
    : {
        reason: `column ${JSON.stringify(column)} has no words in ${here.ids.length === 0 ? 'the current data' : 'the reference'}`,
        hint: 'compare its texts as categories or by their length, or name the column in `except`',
      }
