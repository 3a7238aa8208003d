import { type AmountOptions, onText, places, seedOptions, spliced } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Leaves out `n` letters of words that have at least three. */
export function droppedLetters(options: AmountOptions = {}): Perturbation {
  const { n = 1, seed } = seedOptions('droppedLetters', options, ['n'])
  return onText({
    name: `dropped letters (${n})`,
    seed,
    change(text, draw) {
      const inside = [...text.matchAll(/(?<=\p{L})\p{L}(?=\p{L})/gu)]
      const parts = places(inside, n, draw).map(({ index, 0: letter }) => ({
        at: index,
        length: letter.length,
        by: '',
      }))
      return spliced(text, parts)
    },
  })
}
