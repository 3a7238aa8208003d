import { type AmountOptions, onText, places, seedOptions } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Leaves out `n` letters of words that have at least three. */
export function droppedLetters(options: AmountOptions = {}): Perturbation {
  const { n = 1, seed } = seedOptions('droppedLetters', options, ['n'])
  return onText({
    name: `dropped letters (${n})`,
    seed,
    change(text, draw) {
      const inside = [...text.matchAll(/(?<=\p{L})\p{L}(?=\p{L})/gu)].map((match) => match.index)
      return places(inside, n, draw).reduceRight((left, at) => {
        const length = String.fromCodePoint(left.codePointAt(at) as number).length
        return left.slice(0, at) + left.slice(at + length)
      }, text)
    },
  })
}
