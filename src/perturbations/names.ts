import { lexicons } from '../lexicons/lexicons.ts'
import { onText, type SeedOptions, seedOptions, swapWords } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Puts other first names in place of those it knows, women's for women's and men's for men's, and other surnames. */
export function names(options: SeedOptions = {}): Perturbation {
  const { seed } = seedOptions('names', options)
  return onText({
    name: 'other names',
    capability: 'named entities',
    seed,
    change: (text, draw) =>
      [lexicons.female, lexicons.male, lexicons.surname].reduce(
        (changed, list) => swapWords(changed, list, draw),
        text,
      ),
  })
}
