import { type AmountOptions, atCharacters, onText, seedOptions } from './define.ts'
import type { Perturbation } from './perturbation.ts'

const mistaken: Readonly<Record<string, string>> = {
  ...{ O: '0', '0': 'O', l: '1', '1': 'l', I: 'l', S: '5', '5': 'S', B: '8', '8': 'B', Z: '2', '2': 'Z' },
  ...{ g: '9', m: 'rn', w: 'vv', d: 'cl', e: 'c', c: 'e', h: 'b', u: 'v', n: 'ri', q: '9', a: 'o', o: 'a' },
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
