import { type AmountOptions, atCharacters, onText, seedOptions } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Writes `n` letters twice. */
export function doubledLetters(options: AmountOptions = {}): Perturbation {
  const { n = 1, seed } = seedOptions('doubledLetters', options, ['n'])
  return onText({
    name: `doubled letters (${n})`,
    seed,
    change: (text, draw) =>
      atCharacters(text, n, draw, (character) => (/\p{L}/u.test(character) ? character + character : undefined)),
  })
}
