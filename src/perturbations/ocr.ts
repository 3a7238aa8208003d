import { type AmountOptions, atCharacters, onText, seedOptions } from './define.ts'
import type { Perturbation } from './perturbation.ts'

const pairs = 'O0 0O l1 1l Il S5 5S B8 8B Z2 2Z g9 ec ce hb uv q9 ao oa'.split(' ')
const mistaken: Readonly<Record<string, string>> = {
  ...Object.fromEntries(pairs.map((pair) => [pair.charAt(0), pair.charAt(1)])),
  m: 'rn',
  w: 'vv',
  d: 'cl',
  n: 'ri',
}

/** Mistakes `n` characters for others that look alike, as reading from paper does. */
export function ocr(options: AmountOptions = {}): Perturbation {
  const { n = 1, seed } = seedOptions('ocr', options, ['n'])
  return onText({
    name: `misread characters (${n})`,
    seed,
    change: (text, draw) => atCharacters(text, n, draw, (character) => mistaken[character]),
  })
}
