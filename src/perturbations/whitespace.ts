import { type AmountOptions, onText, places, seedOptions, spliced } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Doubles `n` spaces between words; a text without any gets one at its end. */
export function whitespace(options: AmountOptions = {}): Perturbation {
  const { n = 1, seed } = seedOptions('whitespace', options, ['n'])
  return onText({
    name: `wider spaces (${n})`,
    seed,
    change(text, draw) {
      const spaces = [...text.matchAll(/ /g)].map((match) => match.index)
      if (spaces.length === 0) return text === '' ? undefined : `${text} `
      return spliced(
        text,
        places(spaces, n, draw).map((at) => ({ at, length: 1, by: '  ' })),
      )
    },
  })
}
