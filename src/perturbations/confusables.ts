import { type AmountOptions, atCharacters, onText, seedOptions } from './define.ts'
import type { Perturbation } from './perturbation.ts'

const latin = 'aceiopxysjABCEHIKMOPTX'
const other = 'асеіорхуѕјАВСЕНІКМОРТХ'
const twin: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from(latin, (letter, i) => [letter, Array.from(other)[i] as string]),
)

/** Writes `n` letters with others of another script that look the same, as filters are evaded. */
export function confusables(options: AmountOptions = {}): Perturbation {
  const { n = 1, seed } = seedOptions('confusables', options, ['n'])
  return onText({
    name: `look-alikes (${n})`,
    seed,
    change: (text, draw) => atCharacters(text, n, draw, (character) => twin[character]),
  })
}
